import { punycodeDecode } from './punycode.ts'

// DNS takes no longer names and labels (RFC 1035 §2.3.4); what is longer is not decoded.
const MAX_NAME = 255
const MAX_LABEL = 63

/**
 * A host name in ASCII: labels with other characters become `xn--…`. Names that are ASCII stay as they are.
 *
 * @throws TypeError if the name holds characters that no host can have.
 */
export function hostToAscii(host: string): string {
  if (!/[^\x00-\x7f]/.test(host)) return host
  let ascii: string
  try {
    ascii = new URL(`http://${host}`).hostname
  } catch (error) {
    throw new TypeError(`${JSON.stringify(host)} is not a host name.`, { cause: error })
  }
  return ascii
}

/** A host name for people: labels that begin with `xn--` are decoded. Those that are not valid stay as they are. */
export function hostToUnicode(host: string): string {
  if (host.length > MAX_NAME || !host.toLowerCase().includes('xn--')) return host
  return host.split('.').map(labelToUnicode).join('.')
}

function labelToUnicode(label: string): string {
  const lower = label.toLowerCase()
  if (!lower.startsWith('xn--') || lower.length > MAX_LABEL) return label
  const decoded = punycodeDecode(lower.slice(4))
  if (decoded === null) return label
  // What does not lead back to the same name could be shown as one host and open another.
  try {
    return new URL(`http://${decoded}`).hostname === lower ? decoded : label
  } catch {
    return label
  }
}
