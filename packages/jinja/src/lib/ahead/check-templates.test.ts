import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { checkTemplates, reportProblem } from './check-templates.ts'

function check(templates: Record<string, string>, environment: Environment = new Environment()): string[] {
  const sources = Object.entries(templates).map(([name, source]) => ({ name, source }))
  return checkTemplates(environment, sources).map(
    ({ template, line, column, severity, code, message, hint }) =>
      `${template}:${line}:${column} ${severity} ${code}: ${message}${hint === null ? '' : ` / ${hint}`}`,
  )
}

describe('checkTemplates', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'templates without mistakes',
      { a: '{% extends "b" %}{% block x %}{% endblock %}', b: '{% block x %}{% endblock %}' },
      [],
    ],
    [
      'a syntax error',
      { a: 'x\n{% if %}' },
      ["a:2:7 error syntax: Expected an expression, got 'end of statement block'"],
    ],
    [
      'a block twice',
      { a: '{% block x %}{% endblock %}{% block x %}{% endblock %}' },
      ["a:1:31 error syntax: block 'x' defined twice"],
    ],
    [
      'an unknown filter',
      { a: '{{ x|uper }}' },
      ["a:1:6 error unknown-filter: there is no filter named 'uper' / Did you mean 'upper'?"],
    ],
    [
      'an unknown test',
      { a: '{{ x is od }}' },
      ["a:1:6 error unknown-test: there is no test named 'od' / Did you mean 'odd'?"],
    ],
    [
      'a missing template',
      { a: '{% include "bb.html" %}', 'b.html': '' },
      ["a:1:4 error missing-template: there is no template 'bb.html' / Did you mean 'b.html'?"],
    ],
    ['several, one of which exists', { a: '{% include ["x", "b"] %}', b: '' }, []],
    [
      'several, none of which exists',
      { a: '{% include ["one", "two"] %}' },
      ["a:1:4 error missing-template: there is no template 'one' or 'two'"],
    ],
    [
      'ignored and dynamic ones',
      { a: '{% include "x" ignore missing %}{% include y %}{% import n ~ ".html" as z %}' },
      [],
    ],
    [
      'a missing import',
      { a: '{% from "forms" import field %}' },
      ["a:1:4 error missing-template: there is no template 'forms'"],
    ],
    [
      'a block that overrides nothing',
      { a: '{% extends "b" %}{% block bodi %}{% endblock %}', b: '{% block body %}{% endblock %}' },
      [
        "a:1:21 warning unused-block: the block 'bodi' overrides nothing: no template above has it, so it is not printed / Did you mean 'body'?",
      ],
    ],
    [
      'a block of the grandparent, one within another, and one that self prints',
      {
        a: '{% extends "b" %}{% block x %}{% block new %}{% endblock %}{{ self.y() }}{% endblock %}{% block y %}{% endblock %}',
        b: '{% extends "c" %}',
        c: '{% block x %}{% endblock %}',
      },
      [],
    ],
    ['a parent that is chosen when it runs', { a: '{% extends p %}{% block x %}{% endblock %}' }, []],
    [
      'a template that extends itself',
      { a: '{% extends "b" %}', b: '{% extends "a" %}' },
      ["a:1:4 error extends-itself: 'a' extends itself", "b:1:4 error extends-itself: 'b' extends itself"],
    ],
  ])('%s', (_, templates, expected) => {
    expect(check(templates)).toEqual(expected)
  })

  test('what is most likely not meant is a warning', () => {
    expect(
      check({ a: '{% set n = 0 %}{% for x in y %}{% set n = n + 1 %}{% endfor %}{{ n }}' })[0],
    ).toContain('warning set-in-loop')
  })

  test('filters, tests, names and extensions of the environment count', () => {
    const environment = new Environment({ relativePaths: true, extensions: ['jinja2.ext.do'] })
      .addFilter('money', String)
      .addTest('late', Boolean)
    const templates = { 'x/a': '{% do y|money %}{{ y is late }}{% include "../b" %}', b: '' }
    expect(check(templates, environment)).toEqual([])
  })

  test('a report shows the place', () => {
    const source = 'Hello\n{{ name|uper }}\n'
    const [problem] = checkTemplates(new Environment(), [{ name: 'a.html', source }])
    const report = reportProblem(problem!, 'templates/a.html', source)
    expect(report).toMatch(
      /^templates\/a\.html:2:9 error: there is no filter named 'uper' \(unknown-filter\)\n {2}Did you mean 'upper'\?\n/,
    )
    expect(report).toContain('> 2 | {{ name|uper }}\n    |         ^\n')
  })
})
