import { dumpAge, httpDate, parseAge, parseDate } from '@phial/http/headers'
import { PlainDate, Seconds } from '../../lib/values.ts'

function writeDate({ value }: { value: number | Date | PlainDate | null }): string {
  if (value === null) return httpDate()
  return httpDate(value instanceof PlainDate ? value.toDate() : value)
}

export const functions: Record<string, (args: never) => unknown> = {
  parse_date: ({ value }: { value: string | null }) => parseDate(value),
  http_date: writeDate,
  parse_age: ({ value }: { value: string | null }) => {
    const age = parseAge(value)
    return age === null ? null : new Seconds(age)
  },
  dump_age: ({ value }: { value: number | Seconds | null }) =>
    value === null ? null : dumpAge(Number(value)),
}
