import { BadHost } from './errors.ts'

/**
 * A host name as it travels: lower case, other scripts as `xn--…` (IDNA). A port stays.
 *
 * @throws BadHost for an empty label or one of more than 63 octets (RFC 1035, section 2.3.4).
 */
export function asciiHost(host: string): string {
  const colon = host.indexOf(':')
  const name = (colon === -1 ? host : host.slice(0, colon)).toLowerCase()
  const port = colon === -1 ? '' : host.slice(colon)
  const labels = name.split('.').map((label) => asciiLabel(label, host))
  // The root label may be written: `example.org.`
  const named = labels.at(-1) === '' ? labels.slice(0, -1) : labels
  if (named.some((label) => label === '' || label.length > 63)) throw new BadHost(host)
  return labels.join('.') + port
}

function asciiLabel(label: string, host: string): string {
  if (/^[\0-\x7f]*$/.test(label)) return label
  try {
    return new URL(`http://${label}/`).hostname
  } catch {
    throw new BadHost(host)
  }
}
