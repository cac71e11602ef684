import { iriToUri } from '../url/iri.ts'

const MAX_LOCATION = 8 * 1024

/** A location as a URL. */
export function checkLocation(location: string): string {
  if (/[\x00-\x1f\x7f]/.test(location)) {
    throw new TypeError(
      `A location may hold no line ends or control characters, got ${JSON.stringify(location.slice(0, 200))}.`,
    )
  }
  const target = iriToUri(location)
  if (target.length > MAX_LOCATION) {
    throw new TypeError(`A location may have ${MAX_LOCATION} characters, this one has ${target.length}.`)
  }
  return target
}
