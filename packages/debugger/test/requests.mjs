// Requests as a server would pass them to the debugger, and the calls of its page.

/** A request from this machine. */
export function makeRequest(
  path,
  { method = 'GET', headers = {}, body = null, remoteAddr = '127.0.0.1' } = {},
) {
  const all = new Headers({ host: 'localhost:5000', accept: 'application/json', ...headers })
  return {
    method,
    url: `http://localhost:5000${path}`,
    headers: all,
    remoteAddr,
    text: async () => body ?? '',
  }
}

/** The report of an error. */
export async function reportOf(app, path, options) {
  const response = await app.fetch(makeRequest(path, options))
  return response.json()
}

/** Sends calls as the page of an error does, with the PIN entered. */
export async function openPage(app, id, pin) {
  const page = await (
    await app.fetch(makeRequest(`/__debugger__/${id}`, { headers: { accept: 'text/html' } }))
  ).text()
  const { secret } = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/.exec(page)[1])
  let cookie = null
  const send = async (command, parameters, headers = {}) => {
    const body = JSON.stringify({ command, traceback: id, ...parameters })
    const request = makeRequest('/__debugger__/', {
      method: 'POST',
      headers: {
        origin: 'http://localhost:5000',
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'sec-fetch-site': 'same-origin',
        'x-debugger-secret': secret,
        ...(cookie === null ? {} : { cookie }),
        ...headers,
      },
      body,
    })
    const response = await app.fetch(request)
    return { status: response.status, headers: response.headers, ...(await response.json()) }
  }
  if (pin !== undefined) {
    const { headers } = await send('pin', { pin })
    cookie = headers.get('set-cookie')?.split(';')[0] ?? null
  }
  return { page, secret, send, evaluate: (frame, code) => send('evaluate', { frame, code }) }
}
