import { describe, expect, test } from 'vitest'
import { builtInFilters, filterGroups } from '../filters/table.ts'
import { testGroups } from '../is-tests/table.ts'
import { parse } from '../syntax/parser.ts'
import { allMethods } from '../values/methods/all.ts'
import { usedBuiltIns } from './used-built-ins.ts'

function used(source: string): string {
  const { filters, tests, globals, methods } = usedBuiltIns(parse(source))
  return [...filters, ...tests, ...globals, ...Object.values(methods)].join(' ')
}

const allFunctions = Object.keys(filterGroups).length + Object.keys(testGroups).length

describe('usedBuiltIns', () => {
  test.each<[string, string]>([
    ['{{ name }}{{ user.name }}{% for x in y %}{{ loop.index }}{% endfor %}', ''],
    ['{{ name|upper }}', 'caseFilters'],
    ['{% filter indent %}x{% endfilter %}', 'layoutFilters'],
    ['{{ x is odd }}{{ y is lower }}{{ z is string }}', 'numberTests textTests valueTests'],
    ['{{ xs|map("upper")|join }}', 'caseFilters eachFilters sequenceFilters textTests stringMethods'],
    ['{{ xs|select("==", 1)|list }}', 'compareTests eachFilters sequenceFilters'],
    ['{% for i in range(3) %}{% endfor %}', 'globalFunctions'],
    ['{{ lipsum() }}', 'lipsumFunctions'],
    ['{{ x.upper() }}', 'stringMethods'],
    ['{{ x.splitlines()[0] }}', 'markupMethods stringMethods'],
    ['{% for k, v in d.items() %}{% endfor %}', 'dictMethods'],
    ['{% set f = x.title %}{{ f() }}', 'stringMethods'],
    ['{{ page.title }}{{ page.title|e }}', 'htmlFilters'],
    ['{{ date.year }}', 'dateMethods'],
    ['{{ item.count * 2 - -item.index }}{{ 1 < item.count == item.items }}', ''],
    ['{% if page.title %}{% endif %}', 'stringMethods'],
    ['{{ x["upper"]() }}', 'textTests stringMethods'],
    ['{{ x[0] }}{{ x[-1] }}{{ x[1:] }}', ''],
  ])('%s', (source, expected) => {
    const names = used(source).split(' ').sort()
    expect(names).toEqual(expect.arrayContaining(expected.split(' ')))
    const unexpected = names.filter((name) => !expected.split(' ').includes(name))
    // Markup has the methods of text, some under the same names.
    expect(unexpected.filter((name) => !['markupMethods', 'caseFilters'].includes(name))).toEqual([])
  })

  test.each(['{{ xs|map(f)|list }}', '{{ xs|select(*f) }}', '{{ 1 if f is filter }}'])(
    'names of functions that are no constants: %s',
    (source) => {
      const { filters, tests } = usedBuiltIns(parse(source))
      expect(filters.length + tests.length).toBe(allFunctions)
    },
  )

  test.each([
    '{{ x[key]() }}',
    '{{ x|attr(key) }}',
    '{{ xs|map(attribute=key)|list }}',
    '{{ text.format(x) }}',
  ])('names of members that are no constants: %s', (source) => {
    expect(Object.keys(usedBuiltIns(parse(source)).methods)).toEqual(Object.keys(allMethods))
  })

  test('every filter is in a group', () => {
    for (const name of builtInFilters.keys()) {
      expect(usedBuiltIns(parse(`{{ x|${name} }}`)).filters, name).toHaveLength(1)
    }
  })
})
