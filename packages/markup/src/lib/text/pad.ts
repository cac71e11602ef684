/** How many characters a text has, where a pair of surrogates is one: the unit of all widths. */
export function textWidth(text: string): number {
  let width = text.length
  for (let at = 0; at < text.length - 1; at++) {
    const code = text.charCodeAt(at)
    if (code < 0xd800 || code > 0xdbff) continue
    const low = text.charCodeAt(at + 1)
    if (low < 0xdc00 || low > 0xdfff) continue
    width -= 1
    at += 1
  }
  return width
}

/** The text in the middle of `width` characters. An odd rest goes where Python's `str.center` puts it. */
export function center(text: string, width: number, fill: string = ' '): string {
  const missing = missingWidth(text, width, fill)
  if (missing === 0) return text
  // Odd rests go left where the width is odd, else right.
  const left = Math.floor(missing / 2) + (missing & width & 1)
  return fill.repeat(left) + text + fill.repeat(missing - left)
}

/** The text, filled up at its end. */
export function ljust(text: string, width: number, fill: string = ' '): string {
  return text + fill.repeat(missingWidth(text, width, fill))
}

/** The text, filled up at its start. */
export function rjust(text: string, width: number, fill: string = ' '): string {
  return fill.repeat(missingWidth(text, width, fill)) + text
}

/** The text, filled up with zeros behind its sign. */
export function zfill(text: string, width: number): string {
  const zeros = '0'.repeat(missingWidth(text, width, '0'))
  return text.startsWith('+') || text.startsWith('-') ? text[0]! + zeros + text.slice(1) : zeros + text
}

function missingWidth(text: string, width: number, fill: string): number {
  if (!Number.isInteger(width))
    throw new TypeError(`Expected a width in whole characters, got ${String(width)}.`)
  if (textWidth(fill) !== 1) {
    throw new TypeError(`Expected one character to fill with, got ${JSON.stringify(fill)}.`)
  }
  return Math.max(0, width - textWidth(text))
}

/** Tabs replaced by blanks up to the next multiple of `tabSize`, counted from the start of each line. */
export function expandTabs(text: string, tabSize: number = 8): string {
  if (!Number.isInteger(tabSize))
    throw new TypeError(`Expected a tab size in whole characters, got ${String(tabSize)}.`)
  let out = ''
  let column = 0
  for (const character of text) {
    if (character === '\t') {
      if (tabSize <= 0) continue
      const blanks = tabSize - (column % tabSize)
      out += ' '.repeat(blanks)
      column += blanks
    } else {
      out += character
      column = character === '\n' || character === '\r' ? 0 : column + 1
    }
  }
  return out
}
