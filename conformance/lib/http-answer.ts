import type { Answer } from './transcript.ts'

/** What is known of an answer besides its bytes. */
export interface AnswerFraming {
  /** Whether it answers HEAD. */
  readonly isHead: boolean
  /** Whether the server has closed the connection. */
  readonly isEnd: boolean
}

/** Reads one HTTP/1.1 answer (RFC 9112 §6.3); null as long as it is not complete. Answers 1xx are passed over. */
export function readAnswer(bytes: Buffer, framing: AnswerFraming): Answer | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(statusLine)?.[1])
  if (!(status >= 100)) throw new SyntaxError(`The answer does not start with a status line: ${statusLine}`)
  const rest = bytes.subarray(headEnd + 4)
  if (status < 200) return readAnswer(rest, framing)
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  const body = readBody(rest, status, headers, framing)
  return body === null ? null : { status, headers, body: new Uint8Array(body) }
}

function readBody(
  rest: Buffer,
  status: number,
  headers: readonly (readonly [string, string])[],
  { isHead, isEnd }: AnswerFraming,
): Buffer | null {
  if (isHead || status === 204 || status === 304) return Buffer.alloc(0)
  const headerValue = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1]
  if (headerValue('transfer-encoding')?.toLowerCase() === 'chunked') return readChunks(rest)
  const length = headerValue('content-length')
  if (length === undefined) return isEnd ? rest : null
  return rest.length < Number(length) ? null : rest.subarray(0, Number(length))
}

function readChunks(bytes: Buffer): Buffer | null {
  const chunks: Buffer[] = []
  let position = 0
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', position)
    if (lineEnd < 0) return null
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16)
    if (Number.isNaN(size)) throw new SyntaxError('A chunk of the answer does not start with its size.')
    const start = lineEnd + 2
    if (bytes.length < start + size + 2) return null
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(bytes.subarray(start, start + size))
    position = start + size + 2
  }
}
