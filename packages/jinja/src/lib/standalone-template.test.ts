import { expect, test } from 'vitest'
import { Environment } from './environment.ts'
import { clearCaches, StandaloneTemplate } from './standalone-template.ts'

test('a template can be made of a source alone', () => {
  const template = new StandaloneTemplate('Hi {{ name }}!', { autoescape: true })
  expect(template.render({ name: '<' })).toBe('Hi &lt;!')
  expect(template).toBeInstanceOf(StandaloneTemplate)
  expect(new Environment().fromString('')).toBeInstanceOf(StandaloneTemplate)
})

test('templates with the same options share an environment', () => {
  const environmentOf = (options = {}): unknown => new StandaloneTemplate('', options).environment
  const first = environmentOf({ autoescape: true })
  expect(environmentOf({ autoescape: true })).toBe(first)
  expect(environmentOf({ autoescape: false })).not.toBe(first)
  clearCaches()
  expect(environmentOf({ autoescape: true })).not.toBe(first)
})
