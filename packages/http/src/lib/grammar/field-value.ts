/**
 * Throws a `TypeError` if a value that goes into a header holds CR, LF, NUL or another control character but the tab:
 * they would break out of the header (RFC 9110 §5.5).
 *
 * @param what names the value in the error: `the parameter "filename"`.
 */
export function assertNoControls(what: string, value: string): void {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if ((code < 32 && code !== 9) || code === 127) {
      const shown = code.toString(16).toUpperCase().padStart(4, '0')
      throw new TypeError(
        `Expected ${what} to be without line ends and control characters, but it has U+${shown} at position ${i}.`,
      )
    }
  }
}
