import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { didYouMean } from './did-you-mean.ts'
import {
  attachPlace,
  FilterArgumentError,
  placeOf,
  placesOf,
  SecurityError,
  TemplateAssertionError,
  TemplateError,
  TemplateNotFound,
  type TemplatePlace,
  TemplateRuntimeError,
  TemplateSyntaxError,
  TemplatesNotFound,
  UndefinedError,
} from './errors.ts'
import { parse } from './syntax/parser.ts'

const here: TemplatePlace = { templateName: 'a.html', lineno: 2, column: 4, source: 'x\n{{ ? }}\ny' }

/** What a source that cannot be parsed is told. */
function report(source: string, name: string | null = null): string {
  try {
    parse(source, { name })
  } catch (error) {
    return String(error)
  }
  return 'no error'
}

describe('the family', () => {
  it.each([
    ['TemplateError', new TemplateError('m'), [TemplateError]],
    ['TemplateNotFound', new TemplateNotFound('a'), [TemplateError]],
    ['TemplatesNotFound', new TemplatesNotFound(['a']), [TemplateNotFound, TemplateError]],
    ['TemplateSyntaxError', new TemplateSyntaxError('m'), [TemplateError]],
    ['TemplateAssertionError', new TemplateAssertionError('m'), [TemplateSyntaxError, TemplateError]],
    ['TemplateRuntimeError', new TemplateRuntimeError('m'), [TemplateError]],
    ['UndefinedError', new UndefinedError('m'), [TemplateRuntimeError, TemplateError]],
    ['SecurityError', new SecurityError('m'), [TemplateRuntimeError, TemplateError]],
    ['FilterArgumentError', new FilterArgumentError('m'), [TemplateRuntimeError, TemplateError]],
  ])('%s has its name and its bases', (name, error, bases) => {
    expect(error.name).toBe(name)
    expect(error.stack).toMatch(new RegExp(`^${name}`))
    for (const base of [...bases, Error]) expect(error).toBeInstanceOf(base)
    expect(Object.keys(error)).not.toContain('name')
  })

  it('knows the templates that were not found', () => {
    expect(new TemplateNotFound('a.html')).toMatchObject({
      message: 'a.html',
      template: 'a.html',
      templates: ['a.html'],
    })
    expect(new TemplateNotFound(null).message).toBe('None')
    expect(new TemplateNotFound('a', 'why').message).toBe('why')
    expect(new TemplatesNotFound(['a', 'b'])).toMatchObject({
      message: 'none of the templates given were found: a, b',
      template: 'b',
      templates: ['a', 'b'],
    })
  })
})

describe('the place', () => {
  it('is what a syntax error was made with', () => {
    const error = new TemplateSyntaxError('m', { ...here, filename: '/t/a.html' })
    const { templateName, filename, lineno, column, source, message } = error
    expect({ templateName, filename, lineno, column, source, message }).toEqual({
      templateName: 'a.html',
      filename: '/t/a.html',
      lineno: 2,
      column: 4,
      source: here.source,
      message: 'm',
    })
  })

  it('is null where it is unknown', () => {
    const { templateName, filename, lineno, column, source } = new TemplateRuntimeError('m')
    expect([templateName, filename, lineno, column, source]).toEqual([null, null, null, null, null])
  })

  it('can be attached to errors of all classes, which stay what they are', () => {
    const error = new TypeError('m')
    attachPlace(error, here)
    attachPlace(error, { templateName: 'b.html', lineno: 7 })
    expect(placeOf(error)).toBe(here)
    expect(placesOf(error).map((place) => place.templateName)).toEqual(['a.html', 'b.html'])
    expect(error.message).toBe('m')
    expect(Object.keys(error)).toEqual([])
  })

  it('is nothing for what is no error, or cannot be changed', () => {
    for (const value of ['text', null, undefined, { message: 'm' }, Object.freeze(new Error('m'))]) {
      attachPlace(value, here)
      expect(placeOf(value)).toBeNull()
      expect(placesOf(value)).toEqual([])
    }
  })

  it('is kept of the first 50 templates only', () => {
    const error = new RangeError('m')
    for (let lineno = 1; lineno < 500; lineno++) attachPlace(error, { templateName: 'a', lineno })
    expect(placesOf(error)).toHaveLength(50)
    expect(error.stack).toContain('at a:12\n    … 38 more in templates\n')
  })
})

describe('the stack', () => {
  it('has the excerpt, the templates and then the functions', () => {
    const error = new TypeError('no such thing')
    attachPlace(error, here)
    attachPlace(error, {
      templateName: 'base.html',
      filename: '/t/base.html',
      lineno: 12,
      part: 'block "body"',
    })
    const [message, ...lines] = (error.stack ?? '').split('\n')
    expect(message).toBe('TypeError: no such thing')
    expect(lines.slice(0, 8)).toEqual([
      '',
      '  1 | x',
      '> 2 | {{ ? }}',
      '    |    ^',
      '  3 | y',
      '',
      '    at a.html:2:4',
      '    at block "body" (/t/base.html:12)',
    ])
    expect(lines[8]).toMatch(/^ {4}at .*errors\.test\.ts/)
    expect(inspect(error)).toContain('at block "body" (/t/base.html:12)')
  })

  it('can be set', () => {
    const error = new Error('m')
    attachPlace(error, here)
    error.stack = 'mine'
    expect(error.stack).toBe('mine')
  })

  it('reads the source only when it is asked for', () => {
    let reads = 0
    const error = new Error('m')
    attachPlace(error, {
      templateName: 'a',
      lineno: 1,
      get source() {
        reads++
        return 'x'
      },
    })
    expect(reads).toBe(0)
    expect(error.stack).toContain('> 1 | x')
    expect(reads).toBeGreaterThan(0)
  })
})

describe('what a reader of a syntax error sees', () => {
  it('in the middle of a template', () => {
    expect(report('<ul>\n{% for a in b %}\n\t<li>{{ a..b }}\n{% endfor %}\n</ul>\n<p>', 'list.html')).toBe(
      [
        'TemplateSyntaxError: expected name or number',
        '',
        '  1 | <ul>',
        '  2 | {% for a in b %}',
        '> 3 | \t<li>{{ a..b }}',
        '    | \t         ^',
        '  4 | {% endfor %}',
        '  5 | </ul>',
        '',
        '    at list.html:3:11',
      ].join('\n'),
    )
  })

  it('with a hint', () => {
    expect(report('{% if a %}\n{% esle %}\n{% endif %}')).toBe(
      [
        "TemplateSyntaxError: Encountered unknown tag 'esle'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
        "  Did you mean 'else'?",
        '',
        '  1 | {% if a %}',
        '> 2 | {% esle %}',
        '    |    ^',
        '  3 | {% endif %}',
        '',
        '    at <template>:2:4',
      ].join('\n'),
    )
  })

  it('in a long line, which is cut', () => {
    const source = `${'a'.repeat(500)}{{ $ }}${'b'.repeat(500)}`
    const lines = report(source).split('\n')
    expect(lines[2]).toHaveLength(6 + 160)
    expect(lines[2]?.[lines[3]?.indexOf('^') ?? 0]).toBe('$')
  })

  it('with numbers of several digits', () => {
    const lines = report(`${'x\n'.repeat(98)}{{ $ }}\n\ny`).split('\n')
    expect(lines.slice(2, 8)).toEqual([
      '   97 | x',
      '   98 | x',
      '>  99 | {{ $ }}',
      '      |    ^',
      '  100 |',
      '  101 | y',
    ])
  })

  it('without excerpt, where the line is not in the source', () => {
    const error = new TemplateSyntaxError('m', { templateName: null, lineno: 9, source: 'a' })
    expect(String(error)).toBe('TemplateSyntaxError: m\n    at <template>:9')
  })
})

describe('did you mean', () => {
  it.each([
    ['uper', "Did you mean 'upper'?"],
    ['UPPER', "Did you mean 'upper'?"],
    ['lenght', "Did you mean 'length'?"],
    ['elseif', "Did you mean 'else'?"],
    ['upper', null],
    ['translate', null],
    ['x', null],
    ['u'.repeat(10_000), null],
  ])('%s', (name, expected) => {
    expect(didYouMean(name, name === 'upper' ? ['upper'] : ['upper', 'length', 'else', 'lower'])).toBe(
      expected,
    )
  })
})
