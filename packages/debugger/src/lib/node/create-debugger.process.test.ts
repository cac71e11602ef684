import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  environmentFor,
  findRuntime,
  ownNode,
  type Runtime,
  runCommand,
} from '../../../../../tests/support.ts'

// Where it works, where it stands down, and that nothing is kept. The debugger is the built one.

const folder = fileURLToPath(new URL('../../../test/', import.meta.url))
const installed = ['node20.19', 'node22', 'node24', 'node26']
  .map(findRuntime)
  .filter((found) => found !== null)
const nodes: readonly Runtime[] = installed.length === 0 ? [ownNode] : installed

function run(runtime: Runtime, ...args: string[]): Record<string, unknown> {
  return JSON.parse(runCommand(runtime.path, args, folder, environmentFor(runtime))) as Record<
    string,
    unknown
  >
}

const STACK_ALONE = { message: 'method inner', hasVariables: false }

describe.each(nodes)('on $name', (node) => {
  it('S120 does not start in production', () => {
    const env = { ...environmentFor(node), NODE_ENV: 'production' }
    const { status, stderr } = spawnSync(node.path, ['stand-down.mjs'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([1, expect.stringContaining('it does not start in production')])
  })

  it('leaves a process alone that is being debugged', () => {
    const told = run(node, '--inspect=127.0.0.1:0', 'stand-down.mjs')
    expect(told).toMatchObject({
      first: STACK_ALONE,
      second: { message: 'async', hasVariables: false },
      page: [500, true],
    })
    expect(told['notes']).toEqual([expect.stringContaining('Another debugger is attached')])
  })

  it('stands down when another debugger is attached later', () => {
    const told = run(node, 'stand-down.mjs', 'later')
    expect(told).toMatchObject({ notes: [], first: STACK_ALONE, page: [500, true] })
    expect((told['first'] as { notes: string[] }).notes).toEqual([
      expect.stringContaining('Another debugger is attached'),
    ])
  })

  it('leaves a storm of errors alone, and goes on after it', () => {
    const told = run(node, 'storm/run.mjs')
    expect(told).toMatchObject({ before: true, during: false, after: true, statement: true })
    // Each of 3,000 would take a millisecond.
    expect(told['milliseconds']).toBeLessThan(2500)
    // Types are stripped where Node can do it.
    if (/^node2[246]/.test(node.name)) expect(told['typed']).toBe('5')
  })

  it('lets go of errors that nobody looks at', () => {
    const told = run(node, '--expose-gc', 'leak.mjs') as {
      grown: number
      swallowed: number
      shown: number
      waiting: number
    }
    // Each holds 0.4 MB. The last 20 of 200 errors are kept, ten of each kind.
    expect(told.swallowed).toBeGreaterThanOrEqual(98)
    expect(told.shown).toBeGreaterThanOrEqual(88)
    expect(told.waiting).toBeGreaterThanOrEqual(88)
    expect(told.grown).toBeLessThan(20)
  })

  it('bears variables of a module that have no value yet', () => {
    const { names, variables, answers } = run(node, 'early/run.mjs') as {
      names: string[]
      variables: Record<string, string>[]
      answers: string[]
    }
    expect(names).toEqual(['fail', '<module>'])
    expect(variables[1]).toMatchObject({
      value: "'ready'",
      limits: '{ max: 3 }',
      later: 'not initialised yet',
      last: 'not initialised yet',
    })
    const early = (name: string): string => `ReferenceError: Cannot access '${name}' before initialization`
    const all = [early('later'), early('later'), early('last'), "'ready'", early('later')]
    expect(answers.map((answer) => answer.replace(/, later: .*/, ''))).toEqual([
      ...all,
      'ReferenceError: limits is not defined',
      "{ mark: 'early' }",
      ...all,
      '5',
      "{ fail: [Function: fail], value: 'ready', limits: 5",
    ])
  })

  it('changes neither the order of things nor what stacks say', () => {
    const plain = run(node, 'order/run.mjs', 'plain')
    expect((plain['events'] as string[]).length).toBeGreaterThan(25)
    expect((plain['stack'] as string[]).slice(1)).toHaveLength(4)
    expect(run(node, 'order/run.mjs', 'rewritten')).toEqual(plain)
  })
})

it.each(['node24', 'node26'])('stands down under the permission model of %s', (name) => {
  const node = findRuntime(name)
  if (node === null) return
  const root = fileURLToPath(new URL('../../../../../', import.meta.url))
  const told = run(node, '--permission', `--allow-fs-read=${root}`, 'stand-down.mjs')
  expect(told).toMatchObject({ first: STACK_ALONE, page: [500, true] })
  expect(told['notes']).toEqual([expect.stringMatching(/--permission/)])
})

it.each(['bun', 'deno'])('shows stacks on %s', (name) => {
  const runtime = findRuntime(name)
  if (runtime === null) return
  const args = name === 'deno' ? ['run', '--allow-all', 'stand-down.mjs'] : ['stand-down.mjs']
  const told = run(runtime, ...args)
  expect(told).toMatchObject({ first: { message: 'method inner', hasVariables: false }, page: [500, true] })
  expect(told['notes']).toEqual([expect.stringMatching(/Bun|Deno/)])
})
