import type { Json } from './values.ts'

/** One line of a transcript: a request, and what came back. */
export interface Step {
  readonly step: number
  readonly note?: string
  /** Whose cookies are sent. Default `a`. */
  readonly client?: string
  /** Seconds to pass before the request. */
  readonly wait_seconds?: number
  readonly request: RecordedStepRequest
  /** Names for headers of the answer, for later steps. */
  readonly capture?: Readonly<Record<string, string>>
  readonly response: RecordedAnswer
  /** The members of the answer in which the released versions differ. */
  readonly differs_in_3_1?: Partial<RecordedAnswer>
}

export interface RecordedStepRequest {
  readonly method: string
  /** Path and query as on the wire. */
  readonly url: string
  readonly headers?: readonly (readonly [name: string, value: string])[]
  /** In base64. */
  readonly body?: string
  readonly host?: string
  readonly scheme?: string
  readonly remote_addr?: string
  readonly script_name?: string
  readonly send_cookies?: boolean
}

export interface RecordedAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** In base64. */
  readonly body?: string
  readonly body_text?: string
  /** What the placeholders in the body stand for. */
  readonly body_dynamic?: Json
  /** The payload of each signed cookie that is set, by its name. */
  readonly session?: Readonly<Record<string, unknown>>
}

/** A request as it goes to an application or a server. */
export interface StepRequest {
  readonly method: string
  readonly url: string
  /** Without `Host`. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | null
  readonly host: string
  readonly scheme: string
  readonly remoteAddr: string
  /** The path under which the application is mounted, or `''`. */
  readonly scriptName: string
}

/** What came back, as on the wire. */
export interface Answer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** The answer that the released versions give. */
export function expectedAnswer(step: Step): RecordedAnswer {
  const { differs_in_3_1: differs } = step
  if (differs === undefined) return step.response
  const { body, ...rest } = step.response
  // Where only the text is given, the recorded bytes are those of the other version.
  return { ...rest, ...(differs.body_text === undefined && body !== undefined ? { body } : {}), ...differs }
}

/**
 * The request of a step with the values in place that were captured before.
 *
 * @param cookies The `Cookie` header of the client, or `''`.
 * @throws ReferenceError for a name that was not captured.
 */
export function toStepRequest(
  step: Step,
  captured: ReadonlyMap<string, string>,
  cookies: string,
): StepRequest {
  const { request } = step
  const headers = (request.headers ?? []).map(([name, value]): [string, string] => [
    name,
    fill(value, captured),
  ])
  const has = (name: string): boolean => headers.some(([other]) => other.toLowerCase() === name)
  if (cookies !== '') {
    const own = headers.find(([name]) => name.toLowerCase() === 'cookie')
    if (own === undefined) headers.push(['Cookie', cookies])
    else own[1] = `${own[1]}; ${cookies}`
  }
  const body = request.body === undefined ? null : new Uint8Array(Buffer.from(request.body, 'base64'))
  if (body !== null && !has('content-length') && !has('transfer-encoding')) {
    headers.push(['Content-Length', String(body.length)])
  }
  return {
    method: request.method,
    url: request.url,
    headers,
    body,
    host: request.host ?? 'localhost',
    scheme: request.scheme ?? 'http',
    remoteAddr: request.remote_addr ?? '127.0.0.1',
    scriptName: request.script_name ?? '',
  }
}

/** Takes the headers that later steps may name: those of `capture`, and the entity tag as `etagN`. */
export function captureHeaders(step: Step, answer: Answer, captured: Map<string, string>): void {
  const names = { ...step.capture, [`etag${step.step}`]: 'ETag' }
  for (const [name, header] of Object.entries(names)) {
    const found = answer.headers.find(([other]) => other.toLowerCase() === header.toLowerCase())
    if (found !== undefined) captured.set(name, found[1])
  }
}

function fill(text: string, captured: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = captured.get(name)
    if (value === undefined) throw new ReferenceError(`No step before has given \${${name}}.`)
    return value
  })
}
