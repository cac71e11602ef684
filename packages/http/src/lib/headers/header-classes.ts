// Headers that describe the content (RFC 2616 §7.1).
const ENTITY_HEADERS: ReadonlySet<string> = new Set([
  'allow',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-md5',
  'content-range',
  'content-type',
  'expires',
  'last-modified',
])

// Headers that concern one connection only (RFC 9110 §7.6.1).
const HOP_BY_HOP_HEADERS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Headers that a 304 response keeps though they describe the content. */
const ALLOWED_ENTITY_HEADERS: readonly string[] = ['expires', 'content-location']

/** What of `Headers` is needed to take headers out. */
export interface DeletableHeaders {
  toList(): Iterable<readonly [name: string, value: string]>
  delete(name: string): void
}

/** Whether a header describes the content of a message. */
export function isEntityHeader(name: string): boolean {
  return ENTITY_HEADERS.has(name.toLowerCase())
}

/** Whether a header concerns one connection only, so that proxies and applications do not pass it on. */
export function isHopByHopHeader(name: string): boolean {
  return HOP_BY_HOP_HEADERS.has(name.toLowerCase())
}

/** Takes out all headers that describe the content but the allowed ones, default `Expires` and `Content-Location`. */
export function removeEntityHeaders(
  headers: DeletableHeaders,
  allowed: Iterable<string> = ALLOWED_ENTITY_HEADERS,
): void {
  const kept = new Set(Array.from(allowed, (name) => name.toLowerCase()))
  for (const [name] of headers.toList()) {
    if (isEntityHeader(name) && !kept.has(name.toLowerCase())) headers.delete(name)
  }
}

/** Takes out all headers that concern one connection only. */
export function removeHopByHopHeaders(headers: DeletableHeaders): void {
  for (const [name] of headers.toList()) if (isHopByHopHeader(name)) headers.delete(name)
}
