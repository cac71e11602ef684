import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../tests/linear-time.ts'
import { Rule, UrlMap } from '../index.ts'

/** The shortest of some runs, in milliseconds. */
function timeOf(work: () => unknown): number {
  let best = Infinity
  for (let run = 0; run < 2; run++) {
    const start = performance.now()
    work()
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Rules of every shape that could make a matcher go back, and pieces of paths that nearly match them. */
const RULES = [
  '/<a>-<b>-<c>.html',
  '/<path:a>/x/<path:b>/x/<path:c>/y',
  '/<int:a><int:b><int:c>x',
  '/<path:a>:<int:n>.',
  '/<float:a><float:b><x>!',
  '/<string(maxlength=9):a><string(maxlength=9):b><string(maxlength=9):c>!',
  '/<any(a,aa,aaa):x><any(a,aa,aaa):y><z>!',
  '/<path:a>/<b>/<path:c>/z',
  '/<a><path:b><c><path:d>!',
  '/<uuid:a><path:b><uuid:c>!',
  '/r/<path:p>/',
  '/<x>/<y>/<z>/',
  '/<int(signed=True):a>-<int(signed=True):b>-<c>!',
]
const PIECES = [
  '-',
  'a',
  '1',
  '1.',
  '.',
  '/x/',
  'x/',
  '/',
  '//',
  '1/',
  'a-',
  '-1',
  '%2F',
  '%',
  '%C3',
  'aaaa.html',
  'é',
  '\u{1f600}',
  '\n',
  'a\n',
  '%0A',
  '..',
  '/../',
]

describe('S35: matching takes time linear in the path', () => {
  const all = new UrlMap(RULES.map((rule) => new Rule(rule, { endpoint: rule })))

  it.each(PIECES)('made of %j', (piece) => {
    const path = (size: number): string => `/${piece.repeat(Math.ceil(size / piece.length))}`
    expect(growthOf((size) => all.matcher.match(path(size), 'GET'))).toBeLessThan(1.7)
  })

  it.each(RULES)('for %s alone, with an end that does not fit', (rule) => {
    const map = new UrlMap([new Rule(rule, { endpoint: 'e' })])
    for (const piece of ['a', '1', 'a/x/', '1.1', '-a', 'aa1-/']) {
      const path = (size: number): string => `/${piece.repeat(Math.ceil(size / piece.length))}?`
      expect(
        growthOf((size) => map.matcher.match(path(size), 'GET')),
        piece,
      ).toBeLessThan(1.7)
    }
  })
})

describe('S35: rules', () => {
  it('5,000 of them are matched in time that does not depend on their number', () => {
    const rules = Array.from(
      { length: 5000 },
      (_, index) => new Rule(`/area${index}/<int:id>/item/<name>`, { endpoint: `e${index}` }),
    )
    const map = new UrlMap(rules)
    expect(map.bind('h').match('/area4999/7/item/x').endpoint).toBe('e4999')
    const time = timeOf(() => {
      for (let index = 0; index < 1000; index++) map.matcher.match(`/area${index}/7/item/x`, 'GET')
    })
    expect(time).toBeLessThan(200)
  })

  it('that lead to the same place in many ways are tried once each', () => {
    // 2 ways on each of 12 levels: a walk that forgets would take 4,096 ways for each end.
    const rules: Rule[] = []
    for (let index = 0; index < 200; index++) {
      const parts = Array.from({ length: 12 }, (_, level) =>
        (index >> level) & 1 ? `<int:a${level}>` : `<b${level}>`,
      )
      rules.push(new Rule(`/${parts.join('/')}/end`, { endpoint: `e${index}` }))
    }
    const map = new UrlMap(rules)
    expect(timeOf(() => map.matcher.match(`/${'1/'.repeat(12)}other`, 'GET'))).toBeLessThan(20)
  })

  it('are read in time linear in their text', () => {
    for (const piece of ['<', '(', 'a', '/', '<a', '<a(', '"', "<any('a',", ' ']) {
      const rule = (size: number): string => `/${piece.repeat(Math.ceil(size / piece.length))}`
      const read = (size: number): unknown => {
        try {
          return new UrlMap([new Rule(rule(size / 8), { endpoint: 'e' })])
        } catch {
          return null
        }
      }
      expect(growthOf(read), piece).toBeLessThan(1.7)
    }
  })
})
