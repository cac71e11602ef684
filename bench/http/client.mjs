import { connect } from 'node:net'

const HEAD_END = Buffer.from('\r\n\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

/** The bytes of a request, with the headers that a browser would send. */
export function encodeRequest({ method = 'GET', path, type, body }) {
  const bytes = body === undefined ? null : Buffer.from(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    'Accept: text/html,application/json',
    'Accept-Language: en',
    'Cookie: theme=dark',
  ]
  if (bytes !== null) lines.push(`Content-Type: ${type}`, `Content-Length: ${bytes.length}`)
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  return bytes === null ? head : Buffer.concat([head, bytes])
}

/** Where a response ends in `data`, or -1 if it has not come whole. */
function responseEnd(data) {
  const head = data.indexOf(HEAD_END)
  if (head < 0) return -1
  const text = data.latin1Slice(0, head + 2).toLowerCase()
  const start = head + 4
  const at = text.indexOf('\r\ncontent-length:')
  if (at >= 0) {
    const end = start + Number.parseInt(text.slice(at + 17), 10)
    return end <= data.length ? end : -1
  }
  if (!text.includes('\r\ntransfer-encoding: chunked'))
    throw new Error(`A response without a length:\n${text}`)
  const last = data.indexOf(LAST_CHUNK, start - 2)
  return last < 0 ? -1 : last + LAST_CHUNK.length
}

/** Status and body of a response. */
function decodeResponse(data) {
  const head = data.indexOf(HEAD_END)
  const text = data.latin1Slice(0, head)
  let body = data.subarray(head + 4)
  if (/^transfer-encoding: chunked/im.test(text)) {
    const pieces = []
    for (let at = 0; ; ) {
      const line = body.indexOf('\r\n', at)
      const size = Number.parseInt(body.latin1Slice(at, line), 16)
      if (size === 0) break
      pieces.push(body.subarray(line + 2, line + 2 + size))
      at = line + 2 + size + 2
    }
    body = Buffer.concat(pieces)
  }
  return { status: Number(text.slice(9, 12)), body: body.toString() }
}

/** Sends one request on a connection of its own. */
export function fetchOnce(port, request) {
  return new Promise((resolve, reject) => {
    let data = Buffer.alloc(0)
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(request))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The server closed the connection.')))
    socket.on('data', (chunk) => {
      data = Buffer.concat([data, chunk])
      const end = responseEnd(data)
      if (end < 0) return
      socket.removeAllListeners('close')
      socket.destroy()
      resolve(decodeResponse(data.subarray(0, end)))
    })
  })
}

/**
 * Keep-alive connections, each with one request under way at a time.
 */
export class Load {
  #port
  #requests
  #sockets = []
  #next = 0
  #deadline = 0
  #left = 0
  #active = 0
  #latencies = []
  #done = null

  /** @param requests the bytes of each request; connections take them in turn. */
  static async open(port, requests, connections) {
    const load = new Load()
    load.#port = port
    load.#requests = requests
    await Promise.all(Array.from({ length: connections }, () => load.#connect()))
    return load
  }

  /** Sends until `seconds` are over, or `count` requests are done. Gives the time of each in milliseconds. */
  async run(seconds, count) {
    this.#latencies = []
    this.#left = count
    const start = performance.now()
    this.#deadline = start + seconds * 1000
    return new Promise((resolve, reject) => {
      this.#done = (error) => {
        this.#done = null
        if (error) reject(error)
        else resolve({ latencies: this.#latencies, seconds: (performance.now() - start) / 1000 })
      }
      for (const connection of this.#sockets) this.#send(connection)
    })
  }

  close() {
    this.#done = null
    for (const { socket } of this.#sockets) socket.destroy()
  }

  /** Opens fresh connections: servers close those that have waited for seconds, maybe just when they are used again. */
  async reconnect() {
    const { length } = this.#sockets
    this.close()
    this.#sockets = []
    await Promise.all(Array.from({ length }, () => this.#connect()))
  }

  #connect() {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
      const connection = { socket, started: 0, rest: null }
      socket.once('connect', () => {
        this.#sockets.push(connection)
        resolve()
      })
      socket.on('error', (error) => (this.#done === null ? reject(error) : this.#done(error)))
      socket.on('close', () => this.#done?.(new Error('The server closed a connection under load.')))
      socket.on('data', (chunk) => this.#receive(connection, chunk))
    })
  }

  #send(connection) {
    const now = performance.now()
    if (now >= this.#deadline || this.#left <= 0) return
    this.#left--
    this.#active++
    connection.started = now
    connection.socket.write(this.#requests[this.#next++ % this.#requests.length])
  }

  #receive(connection, chunk) {
    const data = connection.rest === null ? chunk : Buffer.concat([connection.rest, chunk])
    if (responseEnd(data) < 0) {
      connection.rest = data
      return
    }
    connection.rest = null
    // `HTTP/1.1 200`: everything else is an error of the measurement.
    if (data[9] !== 0x32) {
      this.#done?.(new Error(`Under load came\n${data.toString().slice(0, 300)}`))
      return
    }
    this.#latencies.push(performance.now() - connection.started)
    this.#active--
    this.#send(connection)
    if (this.#active === 0) this.#done?.()
  }
}
