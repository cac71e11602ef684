import type { TemplateFunction } from './context.ts'
import { isSafe } from './safe-string.ts'

const equalTo = (one: unknown, two: unknown): boolean => one === two
const greaterThan = (one: number, two: number): boolean => one > two
const lessThan = (one: number, two: number): boolean => one < two

/** The tests that every environment has: `value is even`. */
export const tests: Readonly<Record<string, TemplateFunction>> = {
  callable: (value: unknown) => typeof value === 'function',
  defined: (value: unknown) => value !== undefined,
  divisibleby: (one: number, two: number) => one % two === 0,
  eq: equalTo,
  equalto: equalTo,
  escaped: isSafe,
  even: (value: number) => value % 2 === 0,
  falsy: (value: unknown) => !value,
  ge: (one: number, two: number) => one >= two,
  greaterthan: greaterThan,
  gt: greaterThan,
  iterable: (value: unknown) =>
    typeof value === 'string' || (typeof value === 'object' && value !== null && Symbol.iterator in value),
  le: (one: number, two: number) => one <= two,
  lessthan: lessThan,
  lower: (value: string) => value.toLowerCase() === value,
  lt: lessThan,
  mapping: (value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Set),
  ne: (one: unknown, two: unknown) => one !== two,
  null: (value: unknown) => value === null,
  number: (value: unknown) => typeof value === 'number',
  odd: (value: number) => value % 2 === 1,
  sameas: equalTo,
  string: (value: unknown) => typeof value === 'string',
  truthy: (value: unknown) => Boolean(value),
  undefined: (value: unknown) => value === undefined,
  upper: (value: string) => value.toUpperCase() === value,
}
