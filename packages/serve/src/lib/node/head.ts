import type { HeadLimits } from '../options.ts'
import type { NodeSource } from './node-source.ts'
import { type Refusal, refusal } from './refusal.ts'

const NO_VERSION = refusal(505, 'The server speaks HTTP/1.1 and HTTP/1.0.')
const LONG_TARGET = refusal(414, 'The path and query of the request are too long.')
const BAD_TARGET = refusal(400, 'The request target is not a path and query in percent-encoding.')
const OTHER_AUTHORITY = refusal(421, 'The request target names another host than the Host header.')
const MANY_HEADERS = refusal(431, 'The request has too many headers.')
const LARGE_HEADERS = refusal(431, 'The headers of the request are too large.')
const NO_HOST = refusal(400, 'The request has no Host header.')
const TWO_HOSTS = refusal(400, 'The request has several Host headers.')
const BAD_HOST = refusal(400, 'The Host header is not a host.')
const TWO_TYPES = refusal(400, 'The request has several Content-Type headers.')
const TWO_FRAMES = refusal(400, 'The request has both Content-Length and Transfer-Encoding.')
const OLD_CHUNKED = refusal(400, 'HTTP/1.0 has no Transfer-Encoding.')
const OTHER_CODING = refusal(501, 'The server understands no Transfer-Encoding but chunked.')

// Printable ASCII without `#`: fragments are for browsers alone, everything else has to be percent-encoded.
const TARGET = /^\/[!-"$-~]*$/
// What a URI allows in a host (RFC 3986 §3.2.2) and a port.
const HOST = /^[A-Za-z0-9\-._~%!$&'()*+,;=:[\]]*$/

/**
 * Looks once at the request line and every header: refuses what is over a limit or could be read in two ways, and
 * notes the size of the body. Node's parser has framed the message by then; what it lets through and others may frame
 * differently is refused here (RFC 9112 §6.3, §11.2).
 *
 * @returns null if the request may pass.
 */
export function checkHead(source: NodeSource, limits: HeadLimits): Refusal | null {
  const { incoming, rawHeaders, target } = source
  const isHttp11 = incoming.httpVersion === '1.1'
  if (!isHttp11 && incoming.httpVersion !== '1.0') return NO_VERSION
  if (target.length > limits.maxTargetBytes) return LONG_TARGET
  const count = rawHeaders.length
  if (count > 2 * limits.maxHeaderCount) return MANY_HEADERS

  let host: string | null = null
  let coding: string | null = null
  let hasType = false
  let hasLength = false
  let total = 0
  for (let i = 0; i < count; i += 2) {
    const name = rawHeaders[i]!
    const value = rawHeaders[i + 1]!
    const size = name.length + value.length
    if (size > limits.maxHeaderLineBytes) return LARGE_HEADERS
    total += size + 4
    // The length tells most names apart without a comparison.
    switch (name.length) {
      case 4:
        if (name === 'Host' || name.toLowerCase() === 'host') {
          if (host !== null) return TWO_HOSTS
          host = value
        }
        break
      case 12:
        if (name === 'Content-Type' || name.toLowerCase() === 'content-type') {
          if (hasType) return TWO_TYPES
          hasType = true
        }
        break
      case 14:
        if (name === 'Content-Length' || name.toLowerCase() === 'content-length') {
          hasLength = true
          source.bodyLength = Number(value)
        }
        break
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') {
          if (coding !== null) return OTHER_CODING
          coding = value
          source.bodyLength = -1
        }
        break
    }
  }
  if (total > limits.maxHeaderBytes) return LARGE_HEADERS
  if (coding !== null) {
    if (hasLength) return TWO_FRAMES
    if (!isHttp11) return OLD_CHUNKED
    if (coding.toLowerCase() !== 'chunked') return OTHER_CODING
  }
  if (host === null) {
    if (isHttp11) return NO_HOST
  } else if (!HOST.test(host)) return BAD_HOST
  if (TARGET.test(target)) return null
  return checkOddTarget(source, host)
}

/** Whether a refusal is about the framing of the message, so that nothing after it can be trusted. */
export function isFramingRefusal(refused: Refusal): boolean {
  return (
    refused === TWO_FRAMES || refused === OLD_CHUNKED || refused === OTHER_CODING || refused === NO_VERSION
  )
}

/** The asterisk of OPTIONS, and the absolute form that proxies use (RFC 9112 §3.2.2). */
function checkOddTarget(source: NodeSource, host: string | null): Refusal | null {
  const { target } = source
  if (target === '*') return source.method === 'OPTIONS' ? null : BAD_TARGET
  const start = /^https?:\/\//i.exec(target)?.[0].length
  if (start === undefined) return BAD_TARGET
  let end = start
  while (end < target.length && target[end] !== '/' && target[end] !== '?') end++
  const authority = target.slice(start, end)
  const rest = target.slice(end)
  const origin = rest.startsWith('/') ? rest : `/${rest}`
  if (authority === '' || !HOST.test(authority) || !TARGET.test(origin)) return BAD_TARGET
  if (host === null || authority.toLowerCase() !== host.toLowerCase()) return OTHER_AUTHORITY
  source.target = origin
  return null
}
