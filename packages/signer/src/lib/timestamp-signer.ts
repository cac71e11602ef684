import { base64DecodeSection, base64Encode } from './base64.ts'
import { concatBytes, utf8Encode } from './bytes.ts'
import { BadData, BadSignature, BadTimeSignature, SignatureExpired } from './errors.ts'
import type { SecretKeys } from './secret-keys.ts'
import type { SignerOptions } from './signer.ts'
import { Signer } from './signer.ts'

/** Options of {@link TimestampSigner}. */
export interface TimestampSignerOptions extends SignerOptions {
  /** The clock: seconds since 1970, fractions are cut. Default: the system's. */
  readonly now?: (() => number) | undefined
  /** By how many seconds the clock of the signing machine may be ahead. Default: 0. */
  readonly allowedSkew?: number | undefined
}

/** Options of the methods that check a time. */
export interface MaxAgeOptions {
  /**
   * How old a signature may be, in seconds; below 0 no signature is young enough. With it, a signature from the
   * future is refused too. Default: any age, and the future.
   */
  readonly maxAge?: number | undefined
}

/** A value and when it was signed. */
export interface Timestamped<value> {
  readonly value: value
  readonly timestamp: Date
}

/** The end of the year 9999, where the dates of Python end. */
const LAST_SECOND = 253402300799

/**
 * A {@link Signer} that adds the time of signing, so that old signatures can be refused.
 *
 * Compatible with `itsdangerous.TimestampSigner`:
 * <https://itsdangerous.palletsprojects.com/en/stable/timed/>.
 */
export class TimestampSigner extends Signer {
  readonly #now: (() => number) | undefined
  readonly #allowedSkew: number

  constructor(secretKeys: SecretKeys, options: TimestampSignerOptions = {}) {
    super(secretKeys, options)
    this.#now = options.now
    this.#allowedSkew = checkSkew(options.allowedSkew ?? 0)
  }

  /** The current time in whole seconds. */
  getTimestamp(): number {
    const now = this.#now === undefined ? Date.now() / 1000 : this.#now()
    if (!(now >= 0 && now <= Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`Expected the clock to give seconds from 0, got ${String(now)}.`)
    }
    return Math.floor(now)
  }

  override sign(value: string): string
  override sign(value: Uint8Array): Uint8Array
  override sign(value: string | Uint8Array): string | Uint8Array
  override sign(value: string | Uint8Array): string | Uint8Array {
    const suffix = this.sep + base64Encode(secondsToBytes(this.getTimestamp()))
    return super.sign(typeof value === 'string' ? value + suffix : concatBytes(value, utf8Encode(suffix)))
  }

  /**
   * The value without time and signature.
   *
   * @throws {SignatureExpired} if the signature is right, but older than `maxAge` seconds or from the future.
   * @throws {BadTimeSignature} if the time is missing or malformed, or the signature is wrong.
   * @throws {BadSignature} if there is no signature at all.
   */
  override unsign(signed: string, options?: MaxAgeOptions): string
  override unsign(signed: Uint8Array, options?: MaxAgeOptions): Uint8Array
  override unsign(signed: string | Uint8Array, options?: MaxAgeOptions): string | Uint8Array
  override unsign(signed: string | Uint8Array, options: MaxAgeOptions = {}): string | Uint8Array {
    return this.#open(signed, options).value
  }

  /** Like {@link unsign}, with the time of signing. */
  unsignWithTimestamp(signed: string, options?: MaxAgeOptions): Timestamped<string>
  unsignWithTimestamp(signed: Uint8Array, options?: MaxAgeOptions): Timestamped<Uint8Array>
  unsignWithTimestamp(signed: string | Uint8Array, options?: MaxAgeOptions): Timestamped<string | Uint8Array>
  unsignWithTimestamp(
    signed: string | Uint8Array,
    options: MaxAgeOptions = {},
  ): Timestamped<string | Uint8Array> {
    const { value, seconds } = this.#open(signed, options)
    const timestamp = toDate(seconds)
    if (timestamp === undefined) throw malformedTime(value)
    return { value, timestamp }
  }

  override validate(signed: string | Uint8Array, options?: MaxAgeOptions): boolean {
    try {
      this.unsign(signed, options)
      return true
    } catch (error) {
      if (error instanceof BadSignature) return false
      throw error
    }
  }

  #open(
    signed: string | Uint8Array,
    options: MaxAgeOptions,
  ): { value: string | Uint8Array; seconds: number } {
    const { maxAge } = options
    if (maxAge !== undefined && (typeof maxAge !== 'number' || Number.isNaN(maxAge))) {
      throw new TypeError(`Expected maxAge to be a number of seconds, got ${String(maxAge)}.`)
    }
    let signatureError: BadSignature | undefined
    let unsigned: string | Uint8Array
    try {
      unsigned = super.unsign(signed)
    } catch (error) {
      if (!(error instanceof BadSignature)) throw error
      if (error.payload === undefined) throw error
      signatureError = error
      unsigned = error.payload
    }
    const parts = this.splitLast(unsigned)
    if (parts === undefined) {
      throw (
        signatureError ??
        new BadTimeSignature('The signature is right, but there is no time in it.', unsigned)
      )
    }
    const [value, time] = parts
    const seconds = readSeconds(time)
    if (signatureError !== undefined) {
      throw new BadTimeSignature(
        signatureError.message,
        value,
        seconds === undefined ? undefined : toDate(seconds),
      )
    }
    if (seconds === undefined) throw malformedTime(value)
    if (maxAge !== undefined) this.#checkAge(value, seconds, maxAge)
    return { value, seconds }
  }

  #checkAge(value: string | Uint8Array, seconds: number, maxAge: number): void {
    const age = this.getTimestamp() - seconds
    if (age <= maxAge && age >= -this.#allowedSkew) return
    const dateSigned = toDate(seconds)
    if (dateSigned === undefined) throw malformedTime(value)
    const message =
      age < 0
        ? `The signature is ${-age} seconds from the future; check the clocks.`
        : `The signature is ${age} seconds old; the maximum is ${maxAge}.`
    throw new SignatureExpired(message, value, dateSigned)
  }
}

function malformedTime(value: string | Uint8Array): BadTimeSignature {
  return new BadTimeSignature('The time in the token is malformed.', value)
}

function checkSkew(seconds: number): number {
  if (typeof seconds === 'number' && seconds >= 0) return seconds
  throw new TypeError(`Expected allowedSkew to be a number of seconds from 0, got ${String(seconds)}.`)
}

/** Big-endian, without leading zero bytes. */
function secondsToBytes(seconds: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = seconds; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Uint8Array.from(bytes)
}

/** `undefined` if the text is not the base64 of at most eight bytes. */
function readSeconds(time: string | Uint8Array): number | undefined {
  let bytes: Uint8Array
  try {
    bytes = base64DecodeSection(time)
  } catch (error) {
    if (error instanceof BadData || error instanceof TypeError) return undefined
    throw error
  }
  if (bytes.length > 8) return undefined
  let seconds = 0
  for (const byte of bytes) seconds = seconds * 256 + byte
  return seconds
}

function toDate(seconds: number): Date | undefined {
  return seconds > LAST_SECOND ? undefined : new Date(seconds * 1000)
}
