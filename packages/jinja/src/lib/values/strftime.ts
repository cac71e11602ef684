const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const DAY = 86_400_000

/**
 * A date by the codes of C's `strftime`, in UTC and with English names. Unknown codes stay as they are written.
 */
export function formatDate(date: Date, format: string): string {
  let out = ''
  let from = 0
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', from)) {
    out += format.slice(from, at)
    const bare = format[at + 1] === '-'
    const code = format[at + (bare ? 2 : 1)]
    if (code === undefined) return out + format.slice(at)
    const text = fieldOf(date, code)
    from = at + (bare ? 3 : 2)
    if (text === undefined) out += format.slice(at, from)
    else out += bare ? text.replace(/^0+(?=[0-9])/, '') : text
  }
  return out + format.slice(from)
}

function fieldOf(date: Date, code: string): string | undefined {
  const hour = date.getUTCHours()
  switch (code) {
    case 'Y':
      return String(date.getUTCFullYear())
    case 'C':
      return two(Math.floor(date.getUTCFullYear() / 100))
    case 'y':
      return two(date.getUTCFullYear() % 100)
    case 'm':
      return two(date.getUTCMonth() + 1)
    case 'd':
      return two(date.getUTCDate())
    case 'e':
      return String(date.getUTCDate()).padStart(2)
    case 'H':
      return two(hour)
    case 'k':
      return String(hour).padStart(2)
    case 'I':
      return two(hour % 12 || 12)
    case 'l':
      return String(hour % 12 || 12).padStart(2)
    case 'M':
      return two(date.getUTCMinutes())
    case 'S':
      return two(date.getUTCSeconds())
    case 'f':
      return String(date.getUTCMilliseconds() * 1000).padStart(6, '0')
    case 'p':
      return hour < 12 ? 'AM' : 'PM'
    case 'P':
      return hour < 12 ? 'am' : 'pm'
    case 'A':
      return WEEKDAYS[date.getUTCDay()]!
    case 'a':
      return WEEKDAYS[date.getUTCDay()]!.slice(0, 3)
    case 'B':
      return MONTHS[date.getUTCMonth()]!
    case 'b':
    case 'h':
      return MONTHS[date.getUTCMonth()]!.slice(0, 3)
    case 'w':
      return String(date.getUTCDay())
    case 'u':
      return String(date.getUTCDay() || 7)
    case 'j':
      return String(dayOfYear(date)).padStart(3, '0')
    case 'U':
      return two(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7))
    case 'W':
      return two(Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7))
    case 'V':
      return two(isoWeek(date).week)
    case 'G':
      return String(isoWeek(date).year)
    case 's':
      return String(Math.floor(date.getTime() / 1000))
    case 'z':
    case 'Z':
      // A naive datetime has no zone.
      return ''
    case 'c':
      return formatDate(date, '%a %b %e %H:%M:%S %Y')
    case 'x':
    case 'D':
      return formatDate(date, '%m/%d/%y')
    case 'X':
    case 'T':
      return formatDate(date, '%H:%M:%S')
    case 'R':
      return formatDate(date, '%H:%M')
    case 'r':
      return formatDate(date, '%I:%M:%S %p')
    case 'F':
      return formatDate(date, '%Y-%m-%d')
    case 'n':
      return '\n'
    case 't':
      return '\t'
    case '%':
      return '%'
    default:
      return undefined
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** 1 to 366. */
export function dayOfYear(date: Date): number {
  return Math.floor((startOfDay(date) - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1
}

/** The week of ISO 8601, and the year that it belongs to. */
export function isoWeek(date: Date): { year: number; week: number; weekday: number } {
  const weekday = date.getUTCDay() || 7
  const thursday = new Date(startOfDay(date) + (4 - weekday) * DAY)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1, weekday }
}

function startOfDay(date: Date): number {
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
}
