import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What unlocks the consoles. */
export interface Pin {
  /** Nine digits in groups of three, or what the developer has set; null if none is asked for. */
  readonly text: string | null
  /** Mixed into the cookie, so that it says nothing of the PIN. */
  readonly salt: string
}

/** Whether a PIN or cookie was right. */
export type PinCheck = 'right' | 'wrong' | 'locked'

export const COOKIE_NAME = '__phial_debugger'

const COOKIE_SECONDS = 7 * 24 * 60 * 60
/** After so many wrong PINs and cookies nothing is let in any more, until the server is started again. */
const MAX_FAILURES = 10
/** After so many the answer takes longer. */
const FEW_FAILURES = 5

/**
 * The PIN of a project. It stays the same when the server starts again: PIN and salt are kept in a file that only the
 * user may read. They are random; nothing about the machine leads to them.
 *
 * @param setting `PHIAL_DEBUG_PIN`: `off`, or a PIN such as `123-456-789`.
 * @param folder of the project; the cache is in the `node_modules` of it, or of a folder around it. Null for none.
 * @throws RangeError for a setting with less than four digits.
 */
export function loadPin(setting: string | undefined, folder: string | null): Pin {
  if (setting === 'off') return { text: null, salt: randomSalt() }
  const kept = folder === null ? null : keptPin(folder)
  if (setting !== undefined && setting !== '') {
    if (digits(setting).length < 4) {
      throw new RangeError(
        `A PIN of the debugger has at least four digits (or is "off"), got ${JSON.stringify(setting)}.`,
      )
    }
    return { text: setting, salt: kept?.salt ?? randomSalt() }
  }
  return kept ?? randomPin()
}

function randomPin(): Pin {
  const number = String(randomInt(0, 1_000_000_000)).padStart(9, '0')
  return { text: number.replace(/(\d{3})(?=\d)/g, '$1-'), salt: randomSalt() }
}

function randomSalt(): string {
  return randomBytes(16).toString('base64url')
}

/** Null where there is no place to keep it: without `node_modules`, or where it cannot be written. */
function keptPin(folder: string): Pin | null {
  const modules = findModules(folder)
  if (modules === null) return null
  const file = join(modules, '.cache/phial/debugger.json')
  try {
    // A file that others can read, or wrote, is replaced.
    const { mode, uid } = statSync(file)
    const isOwn = (mode & 0o077) === 0 && (process.getuid === undefined || uid === process.getuid())
    const { pin, salt } = JSON.parse(readFileSync(file, 'utf8')) as { pin?: unknown; salt?: unknown }
    if (
      (isOwn || process.platform === 'win32') &&
      typeof pin === 'string' &&
      /^\d{3}-\d{3}-\d{3}$/.test(pin)
    ) {
      if (typeof salt === 'string' && salt.length >= 16) return { text: pin, salt }
    }
  } catch {
    // There is none yet, or it is broken.
  }
  const made = randomPin()
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify({ pin: made.text, salt: made.salt })}\n`, { mode: 0o600 })
    // The mode counts for new files only.
    chmodSync(file, 0o600)
    return made
  } catch {
    return null
  }
}

/** The nearest `node_modules`; that of a workspace lies above its projects. */
function findModules(folder: string): string | null {
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return modules
  const parent = dirname(folder)
  return parent === folder ? null : findModules(parent)
}

/** Checks PINs and cookies, and counts those that are wrong. */
export class PinGate {
  readonly #pin: Pin
  readonly #cookie: string | null
  #failures = 0

  constructor(pin: Pin) {
    this.#pin = pin
    this.#cookie = pin.text === null ? null : hash(`${digits(pin.text)}\0${pin.salt}`).toString('base64url')
  }

  get isLocked(): boolean {
    return this.#failures >= MAX_FAILURES
  }

  /** Whether the cookies of a request let it in. */
  checkCookie(header: string | null): PinCheck | 'missing' {
    if (this.#cookie === null) return 'right'
    if (this.isLocked) return 'locked'
    const given = cookieValue(header)
    if (given === null) return 'missing'
    if (isEqual(given, this.#cookie)) return 'right'
    this.#failures++
    return 'wrong'
  }

  /** Checks a PIN; anything but its digits is left out. A wrong one counts at once, however many come together. */
  checkPin(given: string): PinCheck {
    if (this.#pin.text === null) return 'right'
    if (this.isLocked) return 'locked'
    if (isEqual(digits(given), digits(this.#pin.text))) {
      this.#failures = 0
      return 'right'
    }
    this.#failures++
    return 'wrong'
  }

  /** Milliseconds that the answer to a wrong PIN takes. */
  get delay(): number {
    return this.#failures > FEW_FAILURES ? 5000 : 500
  }

  /** The header that lets a browser in for a week. */
  setCookie(path: string): string {
    return `${COOKIE_NAME}=${this.#cookie ?? ''}; HttpOnly; SameSite=Strict; Path=${path}; Max-Age=${COOKIE_SECONDS}`
  }

  /** The header that takes a wrong cookie away, so that it counts once. */
  clearCookie(path: string): string {
    return `${COOKIE_NAME}=; HttpOnly; SameSite=Strict; Path=${path}; Max-Age=0`
  }
}

/** 128 random bits: only pages of this process know them. */
export function randomSecret(): string {
  return randomBytes(16).toString('base64url')
}

/** Compares texts in a time that does not depend on where they differ. */
export function isEqual(one: string, other: string): boolean {
  return timingSafeEqual(hash(one), hash(other))
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function digits(text: string): string {
  return text.replace(/\D/g, '')
}

function cookieValue(header: string | null): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === COOKIE_NAME && value !== undefined && value !== '') return value
  }
  return null
}
