import { Response } from '@phial/http'

// They belong to one connection (RFC 9110 §7.6.1); those of a fetched response to another one than ours.
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/**
 * A response of the runtime's own class, or of another copy of `@phial/http`, as ours.
 *
 * @throws TypeError if it is none.
 */
export function adoptResponse(answer: unknown): Response {
  if (!(answer instanceof globalThis.Response)) {
    throw new TypeError(
      `fetch(request) must return a Response or a promise of one, got ${answer === null ? 'null' : describe(answer)}.`,
    )
  }
  // `Response.error()` has status 0.
  if (answer.type === 'error')
    throw new TypeError('fetch(request) returned Response.error(), which cannot be sent.')
  if (answer.bodyUsed) {
    throw new TypeError(
      'fetch(request) returned a Response whose body was read already. Return a clone() of it.',
    )
  }
  const response = new Response(answer.body as ReadableStream<Uint8Array> | null, {
    status: answer.status,
    ...(answer.statusText === '' ? {} : { statusText: answer.statusText }),
  })
  const { headerList } = response
  headerList.length = 0
  // The runtime has unpacked what it fetched, but left the headers that speak of the packed form.
  const unpacked = answer.url !== '' && answer.headers.has('content-encoding')
  for (const [name, value] of answer.headers) {
    if (HOP_BY_HOP.has(name)) continue
    if (unpacked && (name === 'content-encoding' || name === 'content-length')) continue
    headerList.push(name, value)
  }
  return response
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`
  if (typeof value !== 'object') return String(value)
  return `an object of class ${value?.constructor?.name ?? 'Object'}`
}
