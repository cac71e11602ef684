import { afterEach, describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { placeOf, TemplateAssertionError } from '../errors.ts'
import { LoopControlsExtension } from '../extensions/loop-controls.ts'
import { DictLoader } from '../loaders/dict-loader.ts'

// biome-ignore lint/security/noGlobalEval: it is put back.
const evaluate = globalThis.eval

function forbidCode(): void {
  globalThis.eval = ((): never => {
    throw new EvalError('Code generation from strings disallowed for this context')
  }) as typeof globalThis.eval
}

afterEach(() => {
  globalThis.eval = evaluate
})

const loader = new DictLoader({
  base: '[{% block body %}base{% endblock %}]',
  child: '{% extends "base" %}{% block body %}{{ super() }} {{ name }}{% endblock %}',
  lib: '{% macro greet(who="you") %}Hi {{ who }}{% endmacro %}',
})

describe('where code must not be generated', () => {
  test('templates run as closures by themselves', async () => {
    forbidCode()
    const environment = new Environment({ loader, autoescape: true })
    expect(environment.generatesCode).toBe(false)
    const template = environment.getTemplateSync('child')
    expect(template.render({ name: '<Ann>' })).toBe('[base &lt;Ann&gt;]')
    expect(await template.renderAsync({ name: Promise.resolve('Bob') })).toBe('[base Bob]')
    expect(environment.getTemplateSync('base').renderBlock('body')).toBe('base')
    const { greet } = environment.getTemplateSync('lib').module
    expect(String((greet as (who: string) => unknown)('Dora'))).toBe('Hi Dora')
    expect(environment.compileExpression('a + 1')({ a: 2 })).toBe(3)
  })

  test('asking for code is an error', () => {
    forbidCode()
    expect(() => new Environment({ backend: 'code' }).fromString('{{ 1 }}').render()).toThrow(EvalError)
  })
})

describe('closures', () => {
  const environment = new Environment({ backend: 'closures', loader })

  test('no code is generated for them', () => {
    forbidCode()
    expect(environment.fromString('{% for x in range(3) %}{{ loop.index }}{% endfor %}').render()).toBe('123')
  })

  test('what cannot be compiled is an error when the template is made', () => {
    expect(() => environment.fromString('a\n{{ x|nosuch }}')).toThrow(TemplateAssertionError)
    expect(() => environment.fromString('{% block a %}{% endblock %}{% block a %}{% endblock %}')).toThrow(
      "block 'a' defined twice",
    )
  })

  test('errors have the place in the template', () => {
    let place: ReturnType<typeof placeOf> = null
    try {
      environment.fromString('a\n{% macro m() %}\n\n{{ 1 / 0 }}{% endmacro %}{{ m() }}').render()
    } catch (error) {
      place = placeOf(error)
    }
    expect(place).toMatchObject({ lineno: 4, part: 'macro "m"' })
  })

  test('they give pieces while they run', async () => {
    const seen: string[] = []
    const values = function* (): Generator<number> {
      for (const value of [1, 2, 3]) {
        seen.push(`made ${value}`)
        yield value
      }
    }
    const source = '{% for x in xs %}{{ x }}{% endfor %}'
    for (const piece of environment.fromString(source).generate({ xs: values() })) seen.push(`got ${piece}`)
    expect(seen).toEqual(['made 1', 'got 1', 'made 2', 'got 2', 'made 3', 'got 3'])
    const later: string[] = []
    const asyncValues = async function* (): AsyncGenerator<number> {
      for (const value of [1, 2]) {
        later.push(`made ${value}`)
        yield value
      }
    }
    for await (const piece of environment.fromString(source).generateAsync({ xs: asyncValues() })) {
      later.push(`got ${piece}`)
    }
    expect(later).toEqual(['made 1', 'got 1', 'made 2', 'got 2'])
  })

  test('they and generated code can include, import and extend each other', () => {
    const code = new Environment({ backend: 'code', loader })
    const base = code.getTemplateSync('base')
    const template = environment.fromString('{% extends base %}{% block body %}{{ super() }}+{% endblock %}')
    expect(template.render({ base })).toBe('[base+]')
    const lib = code.getTemplateSync('lib')
    expect(environment.fromString('{% import lib as lib %}{{ lib.greet() }}').render({ lib })).toBe('Hi you')
    const closure = environment.getTemplateSync('base')
    expect(code.fromString('{% include closure %}').render({ closure })).toBe('[base]')
  })
})

describe.each(['code', 'closures'] as const)('asynchronous items are closed (R03), run as %s', (backend) => {
  const environment = new Environment({ backend, extensions: [LoopControlsExtension] })
  const source =
    '{% for x in xs %}{{ x }}{% if stop and loop.index == 3 %}{% break %}{% endif %}{{ fail(x) if fail }}{% endfor %}'
  const fail = (): never => {
    throw new RangeError('failed')
  }

  function asyncNumbers(): { xs: AsyncGenerator<number>; isClosed(): boolean } {
    let closed = false
    const xs = (async function* () {
      try {
        for (let n = 1; ; n++) yield n
      } finally {
        closed = true
      }
    })()
    return { xs, isClosed: () => closed }
  }

  test('when a loop ends early', async () => {
    const { xs, isClosed } = asyncNumbers()
    expect(await environment.fromString(source).renderAsync({ xs, stop: true })).toBe('123')
    expect(isClosed()).toBe(true)
  })

  test('when its body fails', async () => {
    const { xs, isClosed } = asyncNumbers()
    await expect(environment.fromString(source).renderAsync({ xs, fail })).rejects.toThrow('failed')
    expect(isClosed()).toBe(true)
  })

  test('when the reader of a stream leaves', async () => {
    const { xs, isClosed } = asyncNumbers()
    const template = environment.fromString('{% for x in xs %}{{ x }}{% endfor %}')
    for await (const piece of template.generateAsync({ xs })) if (piece === '2') break
    await new Promise((resolve) => setTimeout(resolve))
    expect(isClosed()).toBe(true)
  })

  test('but a generator that a loop has left can be gone on with, as in Python', () => {
    const numbers = function* (): Generator<number> {
      yield* [1, 2, 3, 4, 5]
    }
    const twice = '{% for x in xs %}{{ x }}{% if x == 2 %}{% break %}{% endif %}{% endfor %}'
    expect(environment.fromString(`${twice}|${twice}`).render({ xs: numbers() })).toBe('12|345')
  })
})
