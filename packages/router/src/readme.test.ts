import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as buildEntry from './build.ts'
import * as entry from './index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map((found) => found[1]!)

/** Runs an example of the README: each `expression // result` line is compared with its result. */
function run(block: string, exports: Record<string, unknown>): { shown: number } {
  let shown = 0
  const names = Object.keys(exports)
  const body = block
    .split('\n')
    .filter((line) => !line.startsWith('import '))
    .map((line) => {
      const [, expression, result] = /^(urls\..*?) \/\/ (.*)$/.exec(line) ?? []
      if (expression === undefined || result === undefined) return line
      shown++
      return `$show(() => ${expression}, ${JSON.stringify(result)})`
    })
    .join('\n')
  new Function(...names, '$show', body)(...names.map((name) => exports[name]), compare)
  return { shown }
}

/** `throws Name, member value`, `throws Name: … text`, or a value. */
function compare(evaluate: () => unknown, result: string): void {
  const thrown = /^throws (\w+)(?:, (\w+) (.*)|: … (.*))?$/.exec(result)
  if (thrown === null) {
    expect(evaluate()).toEqual(new Function(`return (${result})`)())
    return
  }
  const [, name, member, value, text] = thrown
  const expected = member === undefined ? {} : { [member]: new Function(`return (${value})`)() }
  expect(evaluate).toThrow(expect.objectContaining({ name, ...expected }))
  if (text !== undefined) expect(evaluate).toThrow(text)
}

describe('README', () => {
  it('the first example does what it says', () => {
    expect(run(blocks[0]!, entry).shown).toBe(8)
  })

  it('the example of building alone does what it says', () => {
    expect(run(blocks.at(-1)!, buildEntry).shown).toBe(1)
  })

  it('the error message is the one that comes', () => {
    const text = /```text\n([\s\S]*?)\n```/.exec(readme)?.[1]
    expect(() => new entry.UrlMap([new entry.Rule('/users/<int:id', { endpoint: 'user' })])).toThrow(text)
  })
})
