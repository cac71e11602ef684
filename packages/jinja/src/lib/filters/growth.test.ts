import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { Environment } from '../environment.ts'

const environment = new Environment()

/** Beginnings, repetitions and ends of texts that are hard for naive patterns. */
const TEXTS: readonly (readonly [start: string, piece: string, end: string])[] = [
  ['', 'a', ''],
  ['', 'a ', ''],
  ['', ' ', 'x'],
  ['', '-', ''],
  ['a', '-', 'b'],
  ['', 'a-', ''],
  ['', '!--', ''],
  ['', '(', ''],
  ['', '(', ')'],
  ['x', ')', 'x'],
  ['http://a.b/', '(', ')'],
  ['http://a.b/', ')', '.'],
  ['http://', 'a.', '!'],
  ['www.', 'a-', '!'],
  ['', '<', ''],
  ['', '<!--', ''],
  ['', '&', ''],
  ['', '&lt;', '&gt;'],
  ['', '@', ''],
  ['', 'a@', 'b.c!'],
  ['a@', 'a.', '!'],
  ['mailto:', 'a@', ''],
  ['', '😀', ''],
  ['', '\n', ''],
  ['', 'é́', ''],
  ['1', '0', 'x'],
  ['', '1_', ''],
  ['0.', '0', 'e'],
  ['', '"', ''],
  ['', "'", ''],
]

/** Filters that look for something in the text, and those that take it as it comes. */
const SEARCHING: readonly string[] = ['float', 'int', 'striptags', 'urlize', 'wordwrap(10)']
const TAKING: readonly string[] = [
  'capitalize',
  'e',
  'indent',
  'pprint',
  'replace("a", "b")',
  'reverse',
  'title',
  'tojson',
  'trim("a-")',
  'truncate(20)',
  'unique|join',
  'urlencode',
  'wordcount',
]
const FEW: ReadonlySet<string> = new Set(['a ', '&', '😀', '\n', '"'])

describe('S82: time that grows with the text', () => {
  it.each([...SEARCHING, ...TAKING])(
    '%s',
    (filter) => {
      const template = environment.fromString(`{{ text|${filter} }}`)
      for (const [start, piece, end] of TEXTS) {
        if (TAKING.includes(filter) && !FEW.has(piece)) continue
        const grows = growthOf((n) => template.render({ text: start + piece.repeat(n / 8) + end }))
        expect([piece, grows < 1.6]).toEqual([piece, true])
      }
    },
    60_000,
  )
})
