import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  runCommand,
} from '../../../../../tests/support.ts'

// Every way to throw, on every Node. The debugger is the built one.

interface ToldFrame {
  readonly functionName: string | null
  readonly line: number
  readonly isAwaiting: boolean
  readonly hasConsole: boolean
  readonly variables: Readonly<Record<string, string>> | null
}

interface ToldError {
  readonly relation: string
  readonly type: string
  readonly message: string
  readonly frames: readonly ToldFrame[]
}

interface Told {
  readonly told: Readonly<Record<string, readonly ToldError[]>> & {
    readonly answer: string
    readonly sameError: readonly string[]
    readonly atOnce: readonly string[]
  }
  readonly consoles: Readonly<Record<string, readonly string[]>> & { readonly globals: number }
}

const folder = fileURLToPath(new URL('../../../test/', import.meta.url))
const runtimes = ['node20.19', 'node22', 'node24', 'node26']
  .map(findRuntime)
  .filter((found) => found !== null)
const nodes: readonly Runtime[] = runtimes.length === 0 ? [ownNode] : runtimes

/** The functions on the way down to the program's `fetch`, and the variables of the innermost. `*` waits. */
const SHAPES: readonly [name: string, functions: string, variables: Readonly<Record<string, string>>][] = [
  ['function', 'Object.function', { mark: "'function'" }],
  ['nested', 'inner nested Object.nested', { mark: "'nested'" }],
  ['method', 'Model.method Object.method', { mark: "'method'", self: "'inner'", this: 'Model {}' }],
  ['static', 'Model.make Object.static', { mark: "'static'" }],
  ['constructor', 'new Model Object.constructor', { mark: "'constructor'", inConstructor: 'true' }],
  ['derived', 'new Derived Object.derived', { mark: "'derived'" }],
  ['generator', 'generator Object.generator', { mark: "'generator'" }],
  ['callback', '(anonymous) Object.callback', { mark: "'callback'" }],
  ['emitter', 'EventEmitter.<anonymous> Object.emitter', { mark: "'emitter'" }],
  ['block', 'Object.block', { mark: "'block'", inner: '5' }],
  ['defaults', 'Object.defaults', { mark: "'defaults'" }],
  ['before', 'before Object.before', { mark: "'before'", early: '1' }],
  ['after', 'after', { mark: "'after'", row: '7' }],
  ['async', 'deep deep deep* Object.async*', { mark: "'async'", depth: '0', here: '0' }],
  ['thenCallback', '(anonymous)', { mark: "'thenCallback'" }],
  ['all', 'after Object.all*', { mark: "'all'", row: '7' }],
  ['timer', 'Timeout._onTimeout', { mark: "'timer'" }],
  ['builtin', 'Object.builtin', { mark: 'null' }],
  ['library', 'Object.library', { mark: "'library'" }],
  ['caughtInLibrary', 'Object.caughtInLibrary', { mark: "'caught'" }],
  ['rethrown', 'inner nested Object.rethrown', { mark: "'rethrown'" }],
  ['string', 'string', { mark: "'string'" }],
  ['undefined', 'undefined', { mark: "'undefined'" }],
  ['object', 'object', { mark: "'object'" }],
  ['frozen', 'frozen', { mark: "'frozen'" }],
  ['rejected', 'Object.rejected', { mark: "'rejected'" }],
  ['imports', 'Object.imports', { mark: "'imports'" }],
]

describe.each(nodes)('on $name', (node) => {
  let result: Told
  beforeAll(() => {
    result = JSON.parse(runCommand(node.path, ['shapes/run.mjs'], folder, environmentFor(node))) as Told
  })

  const frames = (name: string, error = 0): readonly ToldFrame[] =>
    result.told[name]![error]!.frames.filter(({ functionName }) => !/\bfetch$/.test(functionName ?? ''))

  it.each(SHAPES)('%s', (name, functions, variables) => {
    const found = frames(name)
    const shown = found.map((frame) => `${frame.functionName ?? '(anonymous)'}${frame.isAwaiting ? '*' : ''}`)
    expect(shown.join(' ')).toBe(functions)
    expect(found[0]!.variables).toMatchObject(variables)
    for (const { hasConsole } of found) expect(hasConsole).toBe(true)
  })

  it('getters have a frame', () => {
    expect(frames('getter')[0]!.functionName).toMatch(/^get getter/)
    expect(frames('getter')[0]!.variables).toMatchObject({ mark: "'getter'", this: 'Model {}' })
  })

  it('a view has a frame where the engine gives no stack at all', () => {
    expect(frames('native')).toMatchObject([
      { isAwaiting: true, hasConsole: true, variables: { mark: "'native'" } },
    ])
  })

  it('causes and members come with their own frames, and with those of the error that they led to', () => {
    expect(result.told['catch']!.map(({ relation, type }) => [relation, type])).toEqual([
      ['', 'Error'],
      ['Caused by', 'SyntaxError'],
    ])
    expect(result.told['any']!.map(({ relation, message }) => [relation, message])).toEqual([
      ['', 'All promises were rejected'],
      ['errors[0]', 'any 7'],
      ['errors[1]', 'any 1'],
    ])
    expect(frames('any', 0)).toMatchObject([{ isAwaiting: true, variables: { mark: "'any'" } }])
    expect(frames('any', 1)).toMatchObject([{ variables: { row: '7' } }, { variables: { mark: "'any'" } }])
  })

  it('an async generator and the loop over it both have variables', () => {
    expect(frames('asyncGenerator')[0]!.variables).toMatchObject({ mark: "'asyncGenerator'", second: '2' })
    expect(frames('asyncGenerator')[1]!.variables).toMatchObject({ mark: "'asyncGenerator'" })
  })

  it('an overflow of the stack shows its stack alone', () => {
    expect(result.told['overflow']![0]).toMatchObject({ type: 'RangeError' })
    expect(frames('overflow')[0]).toMatchObject({ functionName: 'again', hasConsole: false, variables: null })
  })

  it('errors that are answers are passed on', () => {
    expect(result.told.answer).toBe('passed on: an answer')
  })

  it('the same error object in two requests shows the variables of each', () => {
    expect(result.told.sameError).toEqual([
      "'http://localhost:5000/constant?1'",
      "'http://localhost:5000/constant?2'",
    ])
  })

  it('requests at the same time keep their own frames', () => {
    expect(result.told.atOnce).toEqual(['async', 'after 7'])
  })

  it('consoles read and write when the answer has long been sent', () => {
    expect(result.consoles).toEqual({
      method: ["'method'", "'inner'", "'new'", "'new'", '1', '5 self=5'],
      nested: ["'nested'", "'changed' mark='changed'", "'inner'"],
      awaiting: ["'async'", "'y'", 'Error: async'],
      outer: ['2', '2', '9 depth=9', '9'],
      imports: ["'w'", 'ReferenceError: typo is not defined', 'undefined', '4', "'/'"],
      globals: 0,
    })
  })
})
