import { describe, expect, it } from 'vitest'
import type { ErrorReport, ReportedFrame } from '../report.ts'
import { highlightLines } from './highlight.ts'
import { renderMarkdown } from './markdown.ts'
import { renderTerminal, renderText } from './text.ts'

const frame = (parts: Partial<ReportedFrame>): ReportedFrame => ({
  index: 0,
  kind: 'application',
  functionName: 'view',
  file: 'app.ts',
  url: 'file:///app.ts',
  line: 2,
  column: 3,
  isAwaiting: false,
  package: null,
  source: { start: 1, lines: ['function view() {', '  fail(`x`)', '}'], language: 'javascript' },
  variables: [{ name: 'n', scope: 'local', value: { type: 'number', text: '1', size: 0, children: null } }],
  hasConsole: true,
  note: null,
  ...parts,
})

const library = frame({
  kind: 'library',
  package: 'express',
  file: 'express/index.js',
  url: 'file:///node_modules/express/index.js',
  line: 9,
  source: null,
})

const report: ErrorReport = {
  id: null,
  time: '',
  errors: [
    {
      relation: '',
      type: 'TypeError',
      message: 'no',
      details: [{ name: 'code', scope: '', value: { type: 'string', text: "'E'", size: 0, children: null } }],
      frames: [
        frame({}),
        library,
        { ...library, package: null },
        frame({ isAwaiting: true, line: 3, functionName: null }),
      ],
      madeAt: [],
    },
    {
      relation: 'Caused by',
      type: 'Error',
      message: 'deep\nin two lines',
      details: [],
      frames: Array.from({ length: 6 }, () => frame({ functionName: 'again' })),
      madeAt: [],
    },
  ],
  request: { method: 'GET', url: '/x' },
  panels: [],
  hints: [{ title: 'Try', text: 'this' }],
  notes: ['no consoles'],
  runtime: 'Node 24',
}

it('text', () => {
  expect(renderText(report, { link: 'http://localhost/x', context: 1 })).toBe(`TypeError: no
  code: 'E'
  app.ts:2:3 in view
    1 | function view() {
  > 2 |   fail(\`x\`)
    3 | }
  … 2 frames in express, node
  app.ts:3:3 (awaiting)
    2 |   fail(\`x\`)
  > 3 | }

Caused by: Error: deep
in two lines
  app.ts:2:3 in again
    1 | function view() {
  > 2 |   fail(\`x\`)
    3 | }
  app.ts:2:3 in again
    1 | function view() {
  > 2 |   fail(\`x\`)
    3 | }
  … 4 more calls of again

GET /x

Hint: Try
this

Note: no consoles

Debug it: http://localhost/x
`)
})

it('S23 a terminal obeys colours of ours, and nothing that a request sends', () => {
  const attack = {
    ...report,
    request: { method: 'GET', url: '/\x1b[2J' },
    errors: [{ ...report.errors[0]!, message: '\x1b]0;title\x07\x9b1m' }],
  }
  const text = renderTerminal(attack)
  expect(text).toContain('\x1b[1;31mTypeError: \\x1b]0;title\\x07\\x9b1m\x1b[0m')
  expect(text).toContain('/\\x1b[2J')
})

it('Markdown', () => {
  const text = renderMarkdown({ ...report, errors: [report.errors[0]!] })
  expect(text).toContain('# TypeError\n\n```text\nno\n```')
  expect(text).toContain('**`app.ts:2:3`** in `view`')
  expect(text).toContain('>    2    fail(`x`)')
  expect(text).toContain('- `n` = `1`')
  expect(text).toContain('_… 2 frames in express, node_')
  const hostile = renderMarkdown({
    ...report,
    errors: [{ ...report.errors[0]!, type: '# [x](y)', message: '```\n# big', frames: [] }],
  })
  expect(hostile).toContain('# \\# \\[x\\](y)\n\n````text\n```\n# big\n````')
})

describe('coloured source', () => {
  const colour = (
    text: string,
    language: 'javascript' | 'template' = 'javascript',
    line = 99,
    column = 1,
  ): string => highlightLines({ start: 1, lines: text.split('\n'), language }, line, column).join('\n')

  it.each([
    ['const x = f(1)', '<i class="key">const</i> x = <i class="fun">f</i>(<i class="num">1</i>)'],
    ["a < b && 'x<y'", 'a &lt; b &amp;&amp; <i class="str">&#39;x&lt;y&#39;</i>'],
    ['// <b>', '<i class="com">// &lt;b&gt;</i>'],
    ['/* a\nb */ c', '<i class="com">/* a</i>\n<i class="com">b */</i> c'],
    ['end of it */ c', '<i class="com">end of it */</i> c'],
    ['x = a / b / c', 'x = a / b / c'],
    ['x = /a\\/b/g', 'x = <i class="str">/a\\/b/g</i>'],
  ])('%j', (text, expected) => {
    expect(colour(text)).toBe(expected)
  })

  it('marks the place', () => {
    expect(colour('a\n  fail(x)', 'javascript', 2, 3)).toBe('a\n  <mark><i class="fun">fail</i></mark>(x)')
  })

  it('of templates', () => {
    expect(colour('<p>{% if x == "a" %}{{ x|e }}{# c #}</p>', 'template')).toBe(
      '<i class="tag">&lt;p</i><i class="tag">&gt;</i><i class="fun">{%</i> <i class="key">if</i> x == <i class="str">&#34;a&#34;</i> <i class="fun">%}</i><i class="fun">{{</i> x|e <i class="fun">}}</i><i class="com">{# c #}</i><i class="tag">&lt;/p</i><i class="tag">&gt;</i>',
    )
  })
})
