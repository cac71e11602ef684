const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const FULL_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const DAYS: ReadonlySet<string> = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
// RFC 2822 §4.3; the letters of military zones are read as no zone.
const ZONES: ReadonlyMap<string, number> = new Map([
  ['UT', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['Z', 0],
  ['AST', -400],
  ['ADT', -300],
  ['EST', -500],
  ['EDT', -400],
  ['CST', -600],
  ['CDT', -500],
  ['MST', -700],
  ['MDT', -600],
  ['PST', -800],
  ['PDT', -700],
])

/**
 * Reads a date in any of HTTP's three forms (RFC 9110 §5.6.7) or of mail (RFC 2822, with zones like `+0200`, without
 * the day's name or seconds, two-digit years). The name of the day is not checked. Anything else is null.
 */
export function parseDate(value: string | null | undefined): Date | null {
  if (value === null || value === undefined) return null
  return parseFixedDate(value) ?? parseFreeDate(value)
}

/** `Sun, 06 Nov 1994 08:49:37 GMT`, the form that everybody writes. */
function parseFixedDate(text: string): Date | null {
  if (text.length !== 29 || text.charCodeAt(3) !== 44 || !text.endsWith(' GMT')) return null
  const month = MONTHS.indexOf(text.slice(8, 11).toLowerCase())
  if (month < 0 || text.charCodeAt(4) !== 32 || text.charCodeAt(16) !== 32) return null
  if (text.charCodeAt(19) !== 58 || text.charCodeAt(22) !== 58) return null
  const day = digits(text.slice(5, 7))
  const year = digits(text.slice(12, 16))
  const hour = digits(text.slice(17, 19))
  const minute = digits(text.slice(20, 22))
  const second = digits(text.slice(23, 25))
  if (day === null || year === null || hour === null || minute === null || second === null || year < 100)
    return null
  return makeDate(year, month, day, hour, minute, second, 0)
}

function parseFreeDate(text: string): Date | null {
  const fields = splitBlanks(text)
  if (fields.length === 0) return null
  const first = fields[0]!
  if (first.endsWith(',') || DAYS.has(first.toLowerCase())) fields.shift()
  else fields[0] = first.slice(first.lastIndexOf(',') + 1)
  if (fields.length === 3) {
    // RFC 850: 06-Nov-94 08:49:37 GMT
    const parts = fields[0]!.split('-', 4)
    if (parts.length === 3) fields.splice(0, 1, ...parts)
  }
  if (fields.length === 4) {
    const time = fields[3]!
    const sign = time.includes('+') ? time.indexOf('+') : time.indexOf('-')
    if (sign > 0) fields.splice(3, 1, time.slice(0, sign), time.slice(sign))
    else fields.push('')
  }
  if (fields.length < 5) return null
  let [day, month, year, time, zone] = fields as [string, string, string, string, string]
  if (day === '' || month === '' || year === '') return null
  if (monthIndex(month) < 0) [day, month] = [month, day]
  const monthAt = monthIndex(month)
  if (monthAt < 0) return null
  // asctime: Nov 6 08:49:37 1994
  if (year.indexOf(':') > 0) [year, time] = [time, year]
  year = withoutComma(year)
  if (year === '') return null
  if (!isDigit(year.charCodeAt(0))) [year, zone] = [zone, year]
  const clock = parseClock(withoutComma(time))
  const yearNumber = digits(year)
  const dayNumber = digits(withoutComma(day))
  if (clock === null || yearNumber === null || dayNumber === null) return null
  const offset = zoneOffset(zone.toUpperCase())
  return makeDate(fullYear(yearNumber), monthAt, dayNumber, clock[0], clock[1], clock[2], offset)
}

function splitBlanks(text: string): string[] {
  const fields: string[] = []
  let start = -1
  // Never more than a handful matter; the rest of a long text is not read.
  for (let i = 0; i <= text.length && fields.length < 7; i++) {
    const code = text.charCodeAt(i)
    const blank = i === text.length || code === 32 || (code >= 9 && code <= 13)
    if (blank && start >= 0) {
      fields.push(text.slice(start, i))
      start = -1
    } else if (!blank && start < 0) {
      start = i
    }
  }
  return fields
}

function monthIndex(name: string): number {
  const lower = name.toLowerCase()
  const short = MONTHS.indexOf(lower)
  return short >= 0 ? short : FULL_MONTHS.indexOf(lower)
}

/** RFC 2822 §4.3 but with POSIX's pivot: 69 to 99 are of the last century. */
function fullYear(year: number): number {
  if (year >= 100) return year
  return year > 68 ? year + 1900 : year + 2000
}

function parseClock(time: string): [hour: number, minute: number, second: number] | null {
  // Some mail programs separate by dots.
  const parts = time.split(time.includes(':') ? ':' : '.', 4)
  if (parts.length !== 2 && parts.length !== 3) return null
  const hour = digits(parts[0]!)
  const minute = digits(parts[1]!)
  const second = parts.length === 3 ? digits(parts[2]!) : 0
  return hour === null || minute === null || second === null ? null : [hour, minute, second]
}

/** An offset in minutes; unknown zones are UTC. */
function zoneOffset(zone: string): number {
  const negative = zone.startsWith('-')
  const number = ZONES.get(zone) ?? digits(negative || zone.startsWith('+') ? zone.slice(1) : zone) ?? 0
  const size = Math.abs(number)
  const minutes = Math.floor(size / 100) * 60 + (size % 100)
  return negative || number < 0 ? -minutes : minutes
}

function makeDate(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  offset: number,
): Date | null {
  if (year < 1 || year > 9999 || day < 1 || hour > 23 || minute > 59 || second > 59) return null
  if (Math.abs(offset) >= 24 * 60) return null
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return null
  date.setUTCHours(hour, minute - offset, second)
  return date
}

function withoutComma(text: string): string {
  return text.endsWith(',') ? text.slice(0, -1) : text
}

/** The number that a text of ASCII digits alone stands for, or null. */
function digits(text: string): number | null {
  if (text === '' || text.length > 9) return null
  let number = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (!isDigit(code)) return null
    number = number * 10 + code - 48
  }
  return number
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/**
 * Writes a date as HTTP does: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). Fractions of seconds are cut off.
 *
 * @param date a date, or seconds since 1970 UTC; default now.
 * @throws RangeError for an invalid date, or one outside of the years 1 to 9999.
 */
export function httpDate(date?: Date | number): string {
  const value =
    date === undefined ? new Date() : typeof date === 'number' ? new Date(Math.floor(date) * 1000) : date
  const year = value.getUTCFullYear()
  if (!(year >= 1 && year <= 9999)) {
    throw new RangeError(
      `An HTTP date must lie in the years 1 to 9999, got ${Number.isNaN(year) ? 'an invalid date' : `year ${year}`}.`,
    )
  }
  return value.toUTCString()
}
