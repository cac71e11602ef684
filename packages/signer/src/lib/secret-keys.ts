import { toBytes } from './bytes.ts'

/** One secret key: text (used as UTF-8) or bytes. Make it long and random. */
export type SecretKey = string | Uint8Array

/** A secret key, or several for rotation, from the oldest to the newest: the last one signs, all verify. */
export type SecretKeys = SecretKey | readonly SecretKey[]

/** @throws {TypeError} if there is no key or one is empty: every signature could be forged. */
export function secretKeyList(keys: SecretKeys): readonly Uint8Array[] {
  const list: readonly SecretKey[] = typeof keys === 'string' || keys instanceof Uint8Array ? [keys] : keys
  if (!Array.isArray(list)) {
    throw new TypeError(
      `Expected a secret key (text or bytes) or a list of them, got ${keys === null ? 'null' : typeof keys}. Set a long random value, for example from an environment variable.`,
    )
  }
  if (list.length === 0) throw new TypeError('Expected at least one secret key, got an empty list.')
  return list.map((key, index) => {
    if (typeof key !== 'string' && !(key instanceof Uint8Array)) {
      throw new TypeError(
        `Expected secret key ${index + 1} of ${list.length} to be text or bytes, got ${key === null ? 'null' : typeof key}.`,
      )
    }
    if (key.length === 0) {
      throw new TypeError(
        `Secret key ${index + 1} of ${list.length} is empty: anybody could sign. Set a long random value, for example from an environment variable.`,
      )
    }
    return toBytes(key).slice()
  })
}
