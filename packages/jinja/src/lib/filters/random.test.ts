import { expect, it } from 'vitest'
import { Environment } from '../environment.ts'

it.each([
  ['[1, 2, 3, 4]', 0.5, '3'],
  ['"a😀b"', 0.5, '😀'],
  ['range(10)', 0.99, '9'],
  ['(1, 2)', 0, '1'],
  ['[]', 0.5, ''],
  ['missing', 0.5, ''],
])('%s|random takes what %d points to', (items, at, output) => {
  const environment = new Environment()
  environment.random = () => at
  expect(environment.fromString(`{{ ${items}|random }}`).render()).toBe(output)
})

it('asks a dict for a number, as Python does', () => {
  const template = new Environment().fromString('{{ {"a": 1}|random }}')
  expect(() => template.render()).toThrow(expect.objectContaining({ name: 'KeyError', message: '0' }))
})
