import { describe, expect, test } from 'vitest'
import { Environment } from '../environment.ts'
import { TemplateSyntaxError } from '../errors.ts'
import { precompile } from './precompile.ts'

describe('precompile', () => {
  const templates = [
    { name: 'sub/b.txt', source: '{{ y }}' },
    { name: 'a.html', source: '{{ x|upper }}{% include "sub/b.txt" %}' },
  ]

  test('a module for each template, a manifest, and its types', () => {
    const files = precompile(new Environment({ autoescape: true }), templates)
    expect(files.map(({ path }) => path)).toEqual([
      'a.html.js',
      'sub/b.txt.js',
      'templates.js',
      'templates.d.ts',
    ])
    expect(files[2]!.code).toBe(
      'import * as t0 from "./a.html.js";\nimport * as t1 from "./sub/b.txt.js";\n\n' +
        'export default {\n  ["a.html"]: t0,\n  ["sub/b.txt"]: t1,\n};\n',
    )
    expect(files[3]!.code).toContain('Record<"a.html" | "sub/b.txt", object>')
  })

  test('modules import nothing but the runtime', () => {
    for (const { path, code } of precompile(new Environment(), templates).slice(0, 2)) {
      const imports = Array.from(code.matchAll(/\bfrom "([^"]+)"|\bimport\(/g), (found) => found[1])
      expect(imports, path).toEqual(['@phial/jinja/runtime'])
    }
  })

  test('the order of the templates does not matter', () => {
    const environment = new Environment()
    expect(precompile(environment, templates.toReversed())).toEqual(precompile(environment, templates))
  })

  test.each(['../a', '/a', 'a//b', 'a\\b', './a', ''])('%j is no name of a file below the folder', (name) => {
    expect(() => precompile(new Environment(), [{ name, source: '' }])).toThrow('path below a folder')
  })

  test('a template must not replace the manifest', () => {
    expect(() => precompile(new Environment(), [{ name: 'templates', source: '' }])).toThrow('rename it')
  })

  test('what cannot be compiled is an error', () => {
    expect(() => precompile(new Environment(), [{ name: 'a', source: '{% if' }])).toThrow(TemplateSyntaxError)
  })
})
