/** A format string that cannot be read, or does not fit the values it is given. */
export class FormatError extends Error {
  override name = 'FormatError'
}
