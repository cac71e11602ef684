import { toFloat } from '../number.ts'
import { dayOfYear, formatDate, isoWeek } from '../strftime.ts'
import { tupleOf } from '../tuple.ts'
import { textArgument } from './arguments.ts'
import type { MethodTable } from './method.ts'
import { keywordMethod, method, property } from './method.ts'

const DAY = 86_400_000
/** Days from 1 January of year 1 to that of 1970. */
const EPOCH_ORDINAL = 719_163

/** A date as Python's naive `datetime` in UTC, and the readers of JavaScript's `Date`. */
export const dateMethods: MethodTable = new Map([
  property('year', (self: Date) => self.getUTCFullYear()),
  property('month', (self: Date) => self.getUTCMonth() + 1),
  property('day', (self: Date) => self.getUTCDate()),
  property('hour', (self: Date) => self.getUTCHours()),
  property('minute', (self: Date) => self.getUTCMinutes()),
  property('second', (self: Date) => self.getUTCSeconds()),
  property('microsecond', (self: Date) => self.getUTCMilliseconds() * 1000),
  property('tzinfo', () => null),
  property('fold', () => 0),
  method('strftime', 'format', (self: Date, format) =>
    formatDate(
      self,
      textArgument(format, (type) => `strftime() argument 1 must be str, not ${type}`),
    ),
  ),
  keywordMethod('isoformat', 'sep?', (self: Date, separator) =>
    isoFormat(
      self,
      separator === undefined
        ? 'T'
        : textArgument(separator, (type) => `isoformat() argument 1 must be str, not ${type}`),
    ),
  ),
  method('weekday', '', (self: Date) => (self.getUTCDay() + 6) % 7),
  method('isoweekday', '', (self: Date) => self.getUTCDay() || 7),
  method('isocalendar', '', (self: Date) => {
    const { year, week, weekday } = isoWeek(self)
    return tupleOf([year, week, weekday])
  }),
  method('timestamp', '', (self: Date) => toFloat(self.getTime() / 1000)),
  method('toordinal', '', (self: Date) => Math.floor(self.getTime() / DAY) + EPOCH_ORDINAL),
  method('ctime', '', (self: Date) => formatDate(self, '%a %b %e %H:%M:%S %Y')),
  method('timetuple', '', (self: Date) =>
    tupleOf([
      self.getUTCFullYear(),
      self.getUTCMonth() + 1,
      self.getUTCDate(),
      self.getUTCHours(),
      self.getUTCMinutes(),
      self.getUTCSeconds(),
      (self.getUTCDay() + 6) % 7,
      dayOfYear(self),
      -1,
    ]),
  ),
  ...(
    [
      'getTime',
      'getFullYear',
      'getMonth',
      'getDate',
      'getDay',
      'getHours',
      'getMinutes',
      'getSeconds',
      'getMilliseconds',
      'getUTCFullYear',
      'getUTCMonth',
      'getUTCDate',
      'getUTCDay',
      'getUTCHours',
      'getUTCMinutes',
      'getUTCSeconds',
      'getTimezoneOffset',
      'toISOString',
      'toUTCString',
      'toDateString',
      'toTimeString',
    ] as const
  ).map((name) => method(name, '', (self: Date) => self[name]())),
  ...(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const).map((name) =>
    method(name, 'locale?', (self: Date, locale) =>
      self[name](
        locale === undefined
          ? undefined
          : textArgument(locale, (type) => `${name}() wants a locale, got ${type}`),
      ),
    ),
  ),
])

function isoFormat(date: Date, separator: string): string {
  const milliseconds = date.getUTCMilliseconds()
  const fraction = milliseconds === 0 ? '' : `.${String(milliseconds).padStart(3, '0')}000`
  return formatDate(date, '%Y-%m-%d') + separator + formatDate(date, '%H:%M:%S') + fraction
}
