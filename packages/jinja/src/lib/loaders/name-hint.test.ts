import { expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { DictLoader } from './dict-loader.ts'
import type { Loader } from './loader.ts'

function hintOf(loader: Loader): unknown {
  try {
    new Environment({ loader }).getTemplateSync('indx.html')
  } catch (error) {
    return (error as { hint?: unknown }).hint
  }
  throw new Error('expected an error')
}

test('a template that does not exist hints at one that does', () => {
  expect(hintOf(new DictLoader({ 'index.html': '', 'page.html': '' }))).toBe("Did you mean 'index.html'?")
  expect(hintOf(new DictLoader({ 'something-else.txt': '' }))).toBeNull()
})

test('a loader that cannot list its names, or not now, gives no hint', () => {
  const getSource = (): null => null
  expect(hintOf({ getSource })).toBeNull()
  expect(hintOf({ getSource, list: async () => ['index.html'] })).toBeNull()
  const list = (): never => {
    throw new Error('no access')
  }
  expect(hintOf({ getSource, list })).toBeNull()
})

test('names are not listed before the hint is read', () => {
  let listed = 0
  const loader: Loader = {
    getSource: () => null,
    list: () => {
      listed++
      return ['index.html']
    },
  }
  const environment = new Environment({ loader })
  expect(() => environment.selectTemplateSync(['a', 'b'])).toThrow('none of the templates given were found')
  expect(listed).toBe(0)
  expect(hintOf(loader)).toBe("Did you mean 'index.html'?")
  expect(listed).toBe(1)
})
