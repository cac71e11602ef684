import { parsePlainInteger, trimBlanks } from '../grammar/token.ts'

// What a duration of Python holds: 999,999,999 days.
const MAX_AGE = 86_400 * 1e9

/** Reads an `Age` header: seconds, or null if it is absent, negative, too large or no integer (RFC 9111 §5.1). */
export function parseAge(header: string | null): number | null {
  const age = parsePlainInteger(trimBlanks(header ?? ''))
  return age === null || age < 0 || age >= MAX_AGE ? null : age
}

/**
 * Writes an `Age` header; fractions of seconds are cut off.
 *
 * @throws RangeError if the age is negative or no number.
 */
export function dumpAge(seconds: number): string {
  if (!(seconds >= 0 && seconds < MAX_AGE)) {
    throw new RangeError(`An age is a number of seconds from 0 to ${MAX_AGE}, got ${seconds}.`)
  }
  return String(Math.trunc(seconds))
}
