import type { PhialConfig } from './config-defaults.ts'
import { durationSeconds } from './duration.ts'

/** Keys whose values are whole numbers, or null for no limit. */
const LIMITS = ['MAX_CONTENT_LENGTH', 'MAX_JSON_LENGTH', 'MAX_FORM_MEMORY_SIZE', 'MAX_FORM_PARTS'] as const

/**
 * Looks for values that would fail in the middle of a request, or that protect nothing. All are told at once.
 *
 * @throws TypeError that names each key, what it should be and what it is.
 */
export function checkConfig(config: PhialConfig): void {
  const problems = [...problemsOf(config)]
  if (problems.length === 0) return
  throw new TypeError(
    problems.length === 1
      ? problems[0]
      : `The configuration has ${problems.length} mistakes:\n${problems.map((text) => `  ${text}`).join('\n')}`,
  )
}

function* problemsOf(config: PhialConfig): Generator<string> {
  for (const key of LIMITS) {
    const value: unknown = config[key]
    if (value === null || (Number.isSafeInteger(value) && (value as number) >= 0)) continue
    yield `${key} is a whole number from 0 up, or null for no limit; got ${shown(value)}.`
  }
  if (!isListOrNull(config.TRUSTED_HOSTS, (host) => typeof host === 'string')) {
    yield `TRUSTED_HOSTS is a list of hosts, or null; got ${shown(config.TRUSTED_HOSTS)}.`
  }
  if (
    !isListOrNull(config.SECRET_KEY_FALLBACKS, isKey) ||
    (config.SECRET_KEY !== null && !isKey(config.SECRET_KEY))
  ) {
    yield 'The SECRET_KEY is text or bytes, and SECRET_KEY_FALLBACKS is a list of such keys; null for none.'
  } else if ([config.SECRET_KEY, ...(config.SECRET_KEY_FALLBACKS ?? [])].some((key) => key?.length === 0)) {
    yield 'The SECRET_KEY, or one of SECRET_KEY_FALLBACKS, is empty: anybody could sign with it. Set at least 16 random ' +
      'bytes, or null for no sessions.'
  }
  try {
    durationSeconds(config.PERMANENT_SESSION_LIFETIME, 'PERMANENT_SESSION_LIFETIME')
  } catch (error) {
    yield (error as Error).message
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

function isListOrNull(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return value === null || (Array.isArray(value) && value.every(isItem))
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' || value instanceof Uint8Array
}
