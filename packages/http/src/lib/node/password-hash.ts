import { getRandomValues, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** The most UTF-8 bytes of a password; hashing more only costs time. */
export const MAX_PASSWORD_BYTES = 1024

export interface PasswordHashOptions {
  /**
   * How to hash: `scrypt` (N 32768, r 8, p 1), `scrypt:N:r:p`, `pbkdf2` (SHA-256, 1 000 000 iterations),
   * `pbkdf2:HASH` or `pbkdf2:HASH:ITERATIONS`. Default `scrypt`.
   */
  method?: string
  /** Characters of the random salt, at least 1. Default 16. */
  saltLength?: number
}

type Method =
  | { readonly name: 'scrypt'; readonly n: number; readonly r: number; readonly p: number }
  | { readonly name: 'pbkdf2'; readonly hash: string; readonly iterations: number }

// What Python calls a hash, what OpenSSL calls it, and its size in bytes.
const HASHES: ReadonlyMap<string, readonly [name: string, size: number]> = new Map([
  ['md5', ['md5', 16]],
  ['sha1', ['sha1', 20]],
  ['sha224', ['sha224', 28]],
  ['sha256', ['sha256', 32]],
  ['sha384', ['sha384', 48]],
  ['sha512', ['sha512', 64]],
  ['sha512_256', ['sha512-256', 32]],
  ['sha3_224', ['sha3-224', 28]],
  ['sha3_256', ['sha3-256', 32]],
  ['sha3_384', ['sha3-384', 48]],
  ['sha3_512', ['sha3-512', 64]],
  ['blake2b', ['blake2b512', 64]],
  ['blake2s', ['blake2s256', 32]],
])

const SALT_CHARACTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const SCRYPT_SIZE = 64
const DEFAULT_ITERATIONS = 1_000_000

const pbkdf2Async = promisify(pbkdf2)
const scryptAsync = promisify<string, string, number, object, Buffer>(scrypt)

/**
 * Hashes a password for storage, as `METHOD$SALT$HEX`: the format of Werkzeug's `generate_password_hash`, so that
 * hashes move between the two. The work is done off the main thread and takes about 50 ms by default.
 *
 * @throws RangeError for a password of more than {@link MAX_PASSWORD_BYTES} bytes, which a form should refuse before,
 *   or a salt length below 1.
 * @throws TypeError for an unknown method.
 */
export async function generatePasswordHash(
  password: string,
  options: PasswordHashOptions = {},
): Promise<string> {
  const size = Buffer.byteLength(password)
  if (size > MAX_PASSWORD_BYTES) {
    throw new RangeError(
      `A password may have at most ${MAX_PASSWORD_BYTES} bytes in UTF-8, got ${size}. Check its length in the form.`,
    )
  }
  const method = parseMethod(options.method ?? 'scrypt')
  const salt = generateSalt(options.saltLength ?? 16)
  return `${methodText(method)}$${salt}$${(await derive(method, salt, password)).toString('hex')}`
}

/**
 * Whether `password` is the one that `passwordHash` was made of; compared in constant time.
 *
 * False for a password of more than {@link MAX_PASSWORD_BYTES} bytes, and for a hash that does not consist of method,
 * salt and value.
 *
 * @throws TypeError if the hash names a method that does not exist, as then the stored hash is damaged.
 */
export async function checkPasswordHash(passwordHash: string, password: string): Promise<boolean> {
  const methodEnd = passwordHash.indexOf('$')
  const saltEnd = passwordHash.indexOf('$', methodEnd + 1)
  if (methodEnd < 0 || saltEnd < 0) return false
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return false
  const method = parseMethod(passwordHash.slice(0, methodEnd))
  const derived = await derive(method, passwordHash.slice(methodEnd + 1, saltEnd), password)
  const expected = Buffer.from(passwordHash.slice(saltEnd + 1))
  const actual = Buffer.from(derived.toString('hex'))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/**
 * A random text of letters and digits from the runtime's secure source; each character has the same chance.
 *
 * @throws RangeError for a length that is no whole number from 1 up.
 */
export function generateSalt(length: number): string {
  if (!Number.isSafeInteger(length) || length < 1) {
    throw new RangeError(`The length of a salt must be a whole number from 1 up, got ${length}.`)
  }
  // Bytes at and above the last multiple of 62 would favour the first characters.
  const usable = 256 - (256 % SALT_CHARACTERS.length)
  let salt = ''
  while (salt.length < length) {
    for (const byte of getRandomValues(new Uint8Array(Math.min(length - salt.length + 8, 1024)))) {
      if (byte < usable && salt.length < length) salt += SALT_CHARACTERS[byte % SALT_CHARACTERS.length]!
    }
  }
  return salt
}

function parseMethod(text: string): Method {
  const [name, ...parameters] = text.split(':')
  if (name === 'scrypt') {
    if (parameters.length === 0) return { name, n: 32768, r: 8, p: 1 }
    if (parameters.length !== 3) throw unknownMethod(text, 'scrypt takes three parameters: scrypt:N:r:p')
    const [n, r, p] = parameters.map((parameter) => parseCount(parameter, text))
    return { name, n: n!, r: r!, p: p! }
  }
  if (name === 'pbkdf2') {
    if (parameters.length > 2)
      throw unknownMethod(text, 'pbkdf2 takes two parameters: pbkdf2:HASH:ITERATIONS')
    const [given = 'sha256', iterations] = parameters
    const hash = given.toLowerCase()
    if (!HASHES.has(hash)) throw unknownMethod(text, `the hashes are ${[...HASHES.keys()].join(', ')}`)
    return {
      name,
      hash,
      iterations: iterations === undefined ? DEFAULT_ITERATIONS : parseCount(iterations, text),
    }
  }
  throw unknownMethod(text, 'the methods are scrypt and pbkdf2')
}

function parseCount(text: string, method: string): number {
  const count = /^[0-9]{1,10}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > 0x7fffffff)
    throw unknownMethod(method, `${JSON.stringify(text)} is no positive number`)
  return count
}

function unknownMethod(method: string, why: string): TypeError {
  return new TypeError(`Invalid password hash method ${JSON.stringify(method)}: ${why}.`)
}

function methodText(method: Method): string {
  return method.name === 'scrypt'
    ? `scrypt:${method.n}:${method.r}:${method.p}`
    : `pbkdf2:${method.hash}:${method.iterations}`
}

function derive(method: Method, salt: string, password: string): Promise<Buffer> {
  if (method.name === 'pbkdf2') {
    const [hash, size] = HASHES.get(method.hash)!
    return pbkdf2Async(password, salt, method.iterations, size, hash)
  }
  const { n: N, r, p } = method
  // Node's default of 32 MiB is just too small for the usual parameters.
  return scryptAsync(password, salt, SCRYPT_SIZE, { N, r, p, maxmem: 132 * N * r * p + 65_536 })
}
