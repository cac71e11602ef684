import { METHODS } from 'node:http'
import { connect } from 'node:net'
import { serve } from '@phial/serve'
import { type App, type Gateway, inProcessGateway, toLatin1 } from './gateway.ts'
import { readAnswer } from './http-answer.ts'
import type { Answer, StepRequest } from './transcript.ts'

/** Milliseconds that a server gets for an answer. */
const ANSWER_TIMEOUT = 10_000

export interface SocketGatewayOptions {
  /** Takes why a request went to the application without a server. */
  readonly onDetour: (reason: string) => void
}

/**
 * Serves the application on this machine and writes the requests' bytes as they are. What no server accepts goes to the
 * application directly. Scheme, address and mount, which a connection on this machine cannot have, are set on the way
 * in, as a proxy's headers would do.
 */
export async function socketGateway(app: App, { onDetour }: SocketGatewayOptions): Promise<Gateway> {
  const direct = inProcessGateway(app)
  let current: StepRequest | null = null
  const server = await serve(
    {
      fetch: (request) => {
        if (current === null) throw new Error('A request came that no step has sent.')
        const { scheme, remoteAddr, scriptName } = current
        const isPlain = scheme === 'http' && remoteAddr === '127.0.0.1' && scriptName === ''
        return app.fetch(isPlain ? request : request.with({ scheme, remoteAddr, rootPath: scriptName }))
      },
    },
    { port: 0 },
  )
  return {
    send: async (request) => {
      const obstacle = obstacleTo(request)
      if (obstacle !== null) {
        onDetour(obstacle)
        return direct.send(request)
      }
      current = request
      return exchange(server.port!, requestBytes(request), request.method === 'HEAD')
    },
    close: () => server.close({ grace: 0 }),
  }
}

/** Why a server cannot be sent this request, or null. */
export function obstacleTo({ method, url, headers, body, host }: StepRequest): string | null {
  if (!METHODS.includes(method)) return `no server knows the method ${method}`
  if (!/^\/[\x21-\x7e]*$/.test(url)) return 'the path holds what cannot be on the wire'
  if (!/^(?:\[[\dA-Fa-f:.]+\]|[\w.%~!$&'()*+,;=-]*)(?::\d*)?$/.test(host)) return 'the Host header is no host'
  for (const [name, value] of headers) {
    if (/^(?:upgrade|expect)$/i.test(name)) return `the header ${name} is for the server`
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value)) return `the header ${name} holds control characters`
    if (name.toLowerCase() === 'content-length' && Number(value) !== (body?.length ?? 0)) {
      return 'the body is not as long as announced'
    }
  }
  return null
}

function requestBytes({ method, url, headers, body, host }: StepRequest): Buffer {
  const lines = [
    `${method} ${url} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  const chunked = headers.some(
    ([name, value]) => name.toLowerCase() === 'transfer-encoding' && /chunked/i.test(value),
  )
  const head = Buffer.from(toLatin1(`${lines.join('\r\n')}\r\n\r\n`), 'latin1')
  if (body === null) return head
  if (!chunked) return Buffer.concat([head, body])
  const size = Buffer.from(`${body.length.toString(16)}\r\n`)
  const end = Buffer.from(body.length === 0 ? '\r\n' : '\r\n0\r\n\r\n')
  return Buffer.concat([head, size, body, end])
}

/** Sends the bytes on a connection of their own and reads one answer. */
function exchange(port: number, bytes: Uint8Array, isHead: boolean): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received: Buffer = Buffer.alloc(0)
    const finish = (answer: Answer | null, problem: string): void => {
      socket.destroy()
      if (answer === null) reject(new Error(problem))
      else resolve(answer)
    }
    socket.setTimeout(ANSWER_TIMEOUT, () => finish(null, `no answer within ${ANSWER_TIMEOUT / 1000} seconds`))
    socket.on('error', (error) => finish(null, error.message))
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      const answer = readAnswer(received, { isHead, isEnd: false })
      if (answer !== null) finish(answer, '')
    })
    socket.on('end', () => {
      finish(
        readAnswer(received, { isHead, isEnd: true }),
        'the server closed the connection within its answer',
      )
    })
    socket.write(bytes)
  })
}
