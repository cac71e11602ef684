import type { TemplateFunction } from '../context.ts'
import { makeMacro } from '../keyword-args.ts'
import { escapeValue, forceEscape, nl2br, safe, striptags, urlencode, urlize } from './html.ts'
import {
  batch,
  dictsort,
  first,
  groupby,
  join,
  last,
  length,
  list,
  random,
  reject,
  rejectattr,
  reverse,
  select,
  selectattr,
  slice,
  sort,
  sum,
} from './list.ts'
import {
  capitalize,
  center,
  indent,
  lower,
  replace,
  string,
  title,
  trim,
  truncate,
  upper,
  wordcount,
} from './text.ts'

function defaultValue(value: unknown, fallback: unknown, isForFalse?: unknown): unknown {
  if (isForFalse) return value || fallback
  return value === undefined ? fallback : value
}

function dump(value: unknown, spaces?: string | number): string | undefined {
  return JSON.stringify(value, null, spaces)
}

function round(value: number, precision: number = 0, method?: string): number {
  const factor = 10 ** (precision || 0)
  const rounder = method === 'ceil' ? Math.ceil : method === 'floor' ? Math.floor : Math.round
  return rounder(value * factor) / factor
}

function float(value: string, fallback: unknown): unknown {
  const number = Number.parseFloat(value)
  return Number.isNaN(number) ? fallback : number
}

const int = makeMacro(['value', 'default', 'base'], (value: string, fallback: unknown, base: number = 10) => {
  const number = Number.parseInt(value, base)
  return Number.isNaN(number) ? fallback : number
})

/** The filters that every environment has. */
export const filters: Readonly<Record<string, TemplateFunction>> = {
  abs: Math.abs,
  batch,
  capitalize,
  center,
  d: defaultValue,
  default: defaultValue,
  dictsort,
  dump,
  e: escapeValue,
  escape: escapeValue,
  first,
  float,
  forceescape: forceEscape,
  groupby,
  indent,
  int,
  join,
  last,
  length,
  list,
  lower,
  nl2br,
  random,
  reject,
  rejectattr,
  replace,
  reverse,
  round,
  safe,
  select,
  selectattr,
  slice,
  sort,
  string,
  striptags,
  sum,
  title,
  trim,
  truncate,
  upper,
  urlencode,
  urlize,
  wordcount,
}
