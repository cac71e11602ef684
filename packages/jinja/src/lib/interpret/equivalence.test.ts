import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { companions, randomTemplate } from '../../../../../tests/random-template.ts'
import { Environment } from '../environment.ts'
import type { Backend, EnvironmentOptions } from '../environment-options.ts'
import { placesOf } from '../errors.ts'
import { DoExtension } from '../extensions/do.ts'
import { LoopControlsExtension } from '../extensions/loop-controls.ts'
import { DictLoader } from '../loaders/dict-loader.ts'
import { NativeEnvironment } from '../native/native-environment.ts'
import { SandboxedEnvironment } from '../sandbox/sandboxed-environment.ts'
import { repr } from '../values/python-text.ts'
import { StrictUndefined } from '../values/undefined.ts'

/** What running a template comes to: its output, or its error with all places. */
function outcome(run: () => unknown): string {
  try {
    return `output ${repr(run())}`
  } catch (error) {
    return describeError(error)
  }
}

async function outcomeAsync(run: () => Promise<unknown>): Promise<string> {
  try {
    return `output ${repr(await run())}`
  } catch (error) {
    return describeError(error)
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return `no error: ${String(error)}`
  const places = placesOf(error).map(
    ({ lineno, part, templateName }) => `${templateName}:${lineno} ${part ?? ''}`,
  )
  return `${error.name}: ${error.message} at ${places.join(', ')}`
}

function variables(isAsync: boolean): Record<string, unknown> {
  return {
    a: 1,
    one: 1,
    text: '<t>',
    b: isAsync ? Promise.resolve([1, 'x', [2, 3]]) : [1, 'x', [2, 3]],
    c: { k: '<', x: [1, 2], items: 5 },
    d: '<b>',
    varlist: ['v', '<'],
    items: [1, [2, [3]], { k: 1 }],
    fn: isAsync ? async (...args: unknown[]) => args.length : (...args: unknown[]) => args.length,
  }
}

/** @param backend How the templates are run; all other settings are equal. */
function environments(backend: Backend): Environment[] {
  const options: EnvironmentOptions = {
    backend,
    loader: new DictLoader(companions),
    extensions: [DoExtension, LoopControlsExtension],
  }
  return [
    new Environment(options),
    new Environment({ ...options, autoescape: true, optimized: false, trimBlocks: true }),
    new Environment({ ...options, autoescape: (name) => name !== null, undefined: StrictUndefined }),
    new Environment({ ...options, finalize: (value: unknown) => (value === null ? '-' : value) }),
    new SandboxedEnvironment(options),
    new NativeEnvironment(options),
  ]
}

const code = environments('code')
const closures = environments('closures')
const tiers = environments('auto')
const settings = { numRuns: Number(process.env['PHIAL_RUNS'] ?? 150), interruptAfterTimeLimit: 4000 }

describe('closures do what generated code does', () => {
  test('synchronously', () => {
    fc.assert(
      fc.property(randomTemplate, fc.nat(code.length - 1), (source, at) => {
        const run = (environment: Environment) => () =>
          environment.fromString(source).render(variables(false))
        expect(outcome(run(closures[at]!))).toBe(outcome(run(code[at]!)))
      }),
      settings,
    )
  })

  test('asynchronously', async () => {
    await fc.assert(
      fc.asyncProperty(randomTemplate, fc.nat(code.length - 1), async (source, at) => {
        const run = (environment: Environment) => async () =>
          environment.fromString(source).renderAsync(variables(true))
        expect(await outcomeAsync(run(closures[at]!))).toBe(await outcomeAsync(run(code[at]!)))
      }),
      settings,
    )
  })

  test('as a stream', () => {
    fc.assert(
      fc.property(randomTemplate, fc.nat(3), (source, at) => {
        const run = (environment: Environment) => () =>
          Array.from(environment.fromString(source).generate(variables(false))).join('')
        expect(outcome(run(closures[at]!))).toBe(outcome(run(code[at]!)))
      }),
      settings,
    )
  })

  test('as an asynchronous stream', async () => {
    await fc.assert(
      fc.asyncProperty(randomTemplate, fc.nat(3), async (source, at) => {
        const run = (environment: Environment) => async () => {
          let text = ''
          for await (const piece of environment.fromString(source).generateAsync(variables(true)))
            text += piece
          return text
        }
        expect(await outcomeAsync(run(closures[at]!))).toBe(await outcomeAsync(run(code[at]!)))
      }),
      settings,
    )
  })

  test('block by block, and as a module', () => {
    fc.assert(
      fc.property(randomTemplate, fc.nat(3), (source, at) => {
        const block = (environment: Environment) => () =>
          environment.fromString(source).renderBlock('one', variables(false))
        expect(outcome(block(closures[at]!))).toBe(outcome(block(code[at]!)))
        const module = (environment: Environment) => () => {
          const made = environment.fromString(source).makeModule(variables(false))
          return [made.exportedNames(), made.toString()]
        }
        expect(outcome(module(closures[at]!))).toBe(outcome(module(code[at]!)))
      }),
      settings,
    )
  })

  test('and so does a template that begins as closures and becomes code', async () => {
    await fc.assert(
      fc.asyncProperty(randomTemplate, fc.nat(code.length - 1), async (source, at) => {
        const outcomes = async (environment: Environment): Promise<string[]> => {
          const made = outcome(() => environment.fromString(source).name)
          if (made !== 'output None') return [made]
          const template = environment.fromString(source)
          const sync = [1, 2, 3].map(() => outcome(() => template.render(variables(false))))
          const block = [1, 2].map(() => outcome(() => template.renderBlock('one', variables(false))))
          const async = await outcomeAsync(() => template.renderAsync(variables(true)))
          return [...sync, ...block, async, await outcomeAsync(() => template.renderAsync(variables(true)))]
        }
        expect(await outcomes(tiers[at]!)).toEqual(await outcomes(code[at]!))
      }),
      settings,
    )
  })

  test('the random templates do run', () => {
    const outcomes = fc
      .sample(randomTemplate, { numRuns: 200, seed: 1 })
      .map((source) => outcome(() => code[0]!.fromString(source).render(variables(false))))
    expect(outcomes.filter((each) => each.startsWith('output')).length).toBeGreaterThan(80)
  })

  test.each([
    '{% do f() %}after',
    '{% with a = f() %}after{{ a is defined }}{% endwith %}',
    '{% set a = f() %}after{% if f() %}yes{% endif %}',
    '{% for a in [f()] %}{{ loop.index }}{% endfor %}after',
    '{% autoescape f() %}after{{ "<" }}{% endautoescape %}',
    '{% macro m(a=f()) %}in{% endmacro %}{{ m() }}after',
  ])('promises are values where nothing is awaited: %s', (source) => {
    const f = (): Promise<number> => Promise.resolve(0)
    const run = (environment: Environment) => () => environment.fromString(source).render({ f })
    for (const at of [0, 1, 4]) {
      const expected = outcome(run(code[at]!))
      expect(expected).toContain('after')
      expect(outcome(run(closures[at]!))).toBe(expected)
    }
  })
})
