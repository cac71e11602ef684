import { describe, expect, test } from 'vitest'
import { Environment } from './environment.ts'
import type { EnvironmentOptions } from './environment-options.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import { SandboxedEnvironment } from './sandbox/sandboxed-environment.ts'
import type { Template } from './template.ts'

/** Whether what a template calls is called by generated code, which is named after the template in stacks. */
function isCode(run: (where: () => void) => unknown): boolean {
  let stack = ''
  run(() => {
    stack = new Error().stack ?? ''
  })
  return stack.includes('page.html:')
}

function pageOf(source: string, options: EnvironmentOptions = {}): Template {
  const loader = new DictLoader({ 'page.html': source })
  return new Environment({ loader, ...options }).getTemplateSync('page.html')
}

describe('a template that is rendered', () => {
  test('once is closures, then code', () => {
    const page = pageOf('{{ where() }}')
    const render = (): boolean => isCode((where) => page.render({ where }))
    expect([render(), render(), render()]).toEqual([false, true, true])
  })

  test('in another mode begins anew', async () => {
    const page = pageOf('{{ where() }}')
    page.render({ where: () => '' })
    page.render({ where: () => '' })
    let stacks: boolean[] = []
    for (let count = 0; count < 2; count++) {
      let isLater = false
      const where = (): void => {
        isLater = new Error().stack?.includes('page.html:') === true
      }
      await page.renderAsync({ where })
      stacks = [...stacks, isLater]
    }
    expect(stacks).toEqual([false, true])
  })

  test('block by block becomes code too', () => {
    const page = pageOf('{% block a %}{{ where() }}{% endblock %}')
    const render = (): boolean => isCode((where) => page.renderBlock('a', { where }))
    expect([render(), render()]).toEqual([false, true])
  })

  test('as a stream is code, so that each stream is cut in the same places', () => {
    const page = pageOf('{{ where() }}')
    expect(isCode((where) => Array.from(page.generate({ where })))).toBe(true)
  })

  test.each(['code', 'closures'] as const)('with the back end %s stays so', (backend) => {
    const page = pageOf('{{ where() }}', { backend })
    const render = (): boolean => isCode((where) => page.render({ where }))
    expect([render(), render(), render()]).toEqual(Array(3).fill(backend === 'code'))
  })
})

test('macros of a module are code from the start: they are kept', () => {
  const page = pageOf('{% macro call(where) %}{{ where() }}{% endmacro %}')
  const { call } = page.module as unknown as { call(where: () => void): string }
  expect(isCode((where) => call(where))).toBe(true)
})

test('a sandbox counts the same each time', () => {
  const environment = new SandboxedEnvironment({ loader: new DictLoader({ 'page.html': '{{ where() }}' }) })
  const page = environment.getTemplateSync('page.html')
  expect(isCode((where) => page.render({ where }))).toBe(true)
})

test('what cannot be compiled says so when it is loaded, not when it is rendered again', () => {
  expect(() => new Environment().fromString('{{ 1|nosuch }}')).toThrow("No filter named 'nosuch'.")
  expect(() =>
    new Environment().fromString('{% block a %}{% endblock %}{% block a %}{% endblock %}'),
  ).toThrow("block 'a' defined twice")
})

test('errors of all renderings have the same place', () => {
  const page = pageOf('first\n{{ 1 // none }}')
  const report = (): string => {
    try {
      return page.render()
    } catch (error) {
      return (error as Error).stack!.split('\n').slice(0, 8).join('\n')
    }
  }
  const first = report()
  expect(first).toContain('at page.html:2')
  expect(report()).toBe(first)
})

test('lines of code are there before there was a rendering', () => {
  expect(pageOf('a\n{{ x }}').debugInfo).toContainEqual([2, 2])
})
