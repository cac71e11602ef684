import { isIP } from 'node:net'
import type { Request } from '@phial/http'
import { hostIsTrusted } from '@phial/http/url'

const LOCAL: readonly string[] = ['localhost', '.localhost']

/**
 * Whether a request was sent to a name that nobody else can point at this machine: an address, `localhost`, or a name that
 * the server or the application was given. Any other name may be that of a page of somebody else, whose address was
 * changed to ours so that it may read what we answer (DNS rebinding).
 */
export function isOwnHost(request: Request, names: readonly string[]): boolean {
  const host = request.header('Host')
  if (host === null) return false
  const address = host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1')
  return isIP(address) !== 0 || hostIsTrusted(host, [...LOCAL, ...names])
}

/** Whether a page of this very server asks. Programs that are no browsers say nothing, and may. */
export function isSameOrigin(request: Request): boolean {
  const site = request.header('Sec-Fetch-Site')
  if (site !== null && site !== 'same-origin') return false
  const origin = request.header('Origin')
  return origin === null || origin === `${request.scheme}://${request.header('Host')}`
}
