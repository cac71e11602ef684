import { SPACES } from './text/whitespace.ts'

const GAPS = /* @__PURE__ */ new RegExp(`[${SPACES}]+`)

/** HTML without its comments and tags, white space collapsed to single blanks. Entities stay. */
export function removeTags(html: string): string {
  const words = withoutTags(withoutComments(html)).split(GAPS)
  return words.filter((word) => word !== '').join(' ')
}

/**
 * Removes comments one after the other, where what stands around a removed one can form the next, as in
 * `<!<!-- x -->-- y -->`. The kept text is a stack, so that every character is looked at once.
 */
function withoutComments(text: string): string {
  const first = text.indexOf('<!--')
  if (first < 0) return text
  const kept = new Uint16Array(text.length)
  let length = 0
  let at = 0
  while (at < text.length) {
    kept[length++] = text.charCodeAt(at++)
    if (!endsWithCommentStart(kept, length)) continue
    const end = endOfComment(text, at)
    if (end < 0) break
    length -= 4
    at = end
  }
  return decodeUnits(kept.subarray(0, length)) + text.slice(at)
}

function endsWithCommentStart(kept: Uint16Array, length: number): boolean {
  return (
    kept[length - 1] === 0x2d &&
    length >= 4 &&
    kept[length - 2] === 0x2d &&
    kept[length - 3] === 0x21 &&
    kept[length - 4] === 0x3c
  )
}

/** Where the text goes on after a comment whose `<!--` ends at `at`. The dashes of the start may be those of the end. */
function endOfComment(text: string, at: number): number {
  if (text.startsWith('>', at)) return at + 1
  if (text.startsWith('->', at)) return at + 2
  const end = text.indexOf('-->', at)
  return end < 0 ? -1 : end + 3
}

function withoutTags(text: string): string {
  let out = ''
  let from = 0
  for (;;) {
    const start = text.indexOf('<', from)
    const end = start < 0 ? -1 : text.indexOf('>', start)
    if (end < 0) return out + text.slice(from)
    out += text.slice(from, start)
    from = end + 1
  }
}

function decodeUnits(units: Uint16Array): string {
  let out = ''
  for (let at = 0; at < units.length; at += 8192) out += String.fromCharCode(...units.subarray(at, at + 8192))
  return out
}
