/** A value of the right type that cannot be used, as in Python: `'x'|int` with a bad base, `[1].index(5)`. */
export class ValueError extends Error {
  override name = 'ValueError'
}

/** Division or modulo by zero. */
export class ZeroDivisionError extends Error {
  override name = 'ZeroDivisionError'
}

/** A number too large for its type. */
export class OverflowError extends Error {
  override name = 'OverflowError'
}

/** A key that a mapping does not have. The message is the key as `repr()` writes it. */
export class KeyError extends Error {
  override name = 'KeyError'
}

/** The name of an encoding that is not known. */
export class LookupError extends Error {
  override name = 'LookupError'
}

/** Text that an encoding has no bytes for. */
export class UnicodeEncodeError extends ValueError {
  override name = 'UnicodeEncodeError'
}

/** Bytes that an encoding has no text for. */
export class UnicodeDecodeError extends ValueError {
  override name = 'UnicodeDecodeError'
}

/** A position outside a sequence. */
export class IndexError extends Error {
  override name = 'IndexError'
}

/** An attribute that a value does not have, where no undefined value can stand in. */
export class AttributeError extends Error {
  override name = 'AttributeError'
}

/** A broken precondition of a filter, such as a `truncate` length shorter than its ending. */
export class AssertionError extends Error {
  override name = 'AssertionError'
}

/** An error of no other class. */
export class RuntimeError extends Error {
  override name = 'RuntimeError'
}
