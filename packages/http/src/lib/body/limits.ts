/**
 * The maxima of a request body. `null` stands for "no limit", and only an explicit `null` does: any other value that
 * is not a whole number from 0 up throws when it is set.
 */
export interface BodyLimits {
  /** Bytes of any body. Default 16 MiB. Over it: 413, before reading where the size is announced. */
  readonly maxContentLength: number | null
  /** Bytes of a JSON body. Default 1 MiB. */
  readonly maxJsonLength: number | null
  /** Bytes of an `application/x-www-form-urlencoded` body; {@link maxFormMemorySize} holds too. Default 1 MiB. */
  readonly maxUrlencodedLength: number | null
  /**
   * Bytes of all form fields together that are not files. Default 500 000. As in Werkzeug, a value below 64 KiB
   * bounds the whole form, its files too.
   */
  readonly maxFormMemorySize: number | null
  /** Parts of a multipart form, files included. Default 1 000. */
  readonly maxFormParts: number | null
  /** Fields of an `application/x-www-form-urlencoded` form. Default 1 000. */
  readonly maxFormFields: number | null
  /** Files of a form. Default 100. */
  readonly maxFiles: number | null
  /** Bytes of one file. Default null: the whole body bounds it. */
  readonly maxFileSize: number | null
  /** Headers of one part. Default 16. */
  readonly maxPartHeaders: number | null
  /** Bytes of all headers of one part. Default 8 KiB. */
  readonly maxPartHeaderBytes: number | null
  /** UTF-8 bytes of a part's name. Default 1 KiB. */
  readonly maxNameBytes: number | null
  /** UTF-8 bytes of a file's name. Default 1 KiB. */
  readonly maxFilenameBytes: number | null
  /** Bytes before the first boundary of a multipart body. Default 8 KiB. Over it: 400. */
  readonly maxPreambleBytes: number | null
}

/** The longest multipart boundary (RFC 2046 §5.1.1). It is no option. */
export const MAX_BOUNDARY_LENGTH = 70

/** The limits in force where nothing else is said. */
export const DEFAULT_BODY_LIMITS: BodyLimits = Object.freeze({
  maxContentLength: 16 * 1024 * 1024,
  maxJsonLength: 1024 * 1024,
  maxUrlencodedLength: 1024 * 1024,
  maxFormMemorySize: 500_000,
  maxFormParts: 1_000,
  maxFormFields: 1_000,
  maxFiles: 100,
  maxFileSize: null,
  maxPartHeaders: 16,
  maxPartHeaderBytes: 8 * 1024,
  maxNameBytes: 1024,
  maxFilenameBytes: 1024,
  maxPreambleBytes: 8 * 1024,
})

const NAMES = Object.keys(DEFAULT_BODY_LIMITS) as (keyof BodyLimits)[]
const resolved = new WeakSet<object>([DEFAULT_BODY_LIMITS])

/**
 * Checks limits and fills in the rest. A result of this function is taken as it is, so make it once at start and pass
 * it on.
 *
 * @param limits what differs from `base`; `undefined` members count as absent.
 * @param base the limits for the rest, default {@link DEFAULT_BODY_LIMITS}.
 * @throws TypeError for a member that is no limit's name, or whose value is neither a number nor null.
 * @throws RangeError for NaN, infinite, negative or fractional numbers.
 */
export function resolveBodyLimits(
  limits?: Partial<BodyLimits> | null,
  base: BodyLimits = DEFAULT_BODY_LIMITS,
): BodyLimits {
  if (limits === undefined || limits === null) return resolved.has(base) ? base : resolveBodyLimits(base)
  if (resolved.has(limits)) return limits as BodyLimits
  for (const name of Object.keys(limits)) {
    if (!NAMES.includes(name as keyof BodyLimits)) {
      throw new TypeError(`Unknown body limit ${JSON.stringify(name)}. The limits are ${NAMES.join(', ')}.`)
    }
  }
  const result: Record<string, number | null> = {}
  for (const name of NAMES) {
    const value = limits[name]
    result[name] = checkLimit(name, value === undefined ? base[name] : value)
  }
  resolved.add(Object.freeze(result))
  return result as unknown as BodyLimits
}

/**
 * Gives `value` back if it is a limit: a whole number from 0 up, or null for no limit.
 *
 * @throws TypeError or RangeError that names the limit, the value, and what to write instead.
 */
export function checkLimit(name: string, value: unknown): number | null {
  if (value === null) return null
  if (typeof value !== 'number') {
    throw new TypeError(
      `The limit ${name} must be a whole number, or null for no limit; got ${typeof value} ${show(value)}.`,
    )
  }
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(
      `The limit ${name} must be a whole number from 0 up, or null for no limit; got ${String(value)}.`,
    )
  }
  return value
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
