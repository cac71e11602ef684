import type { Mode } from '../runtime/compiled.ts'
import type { Template } from '../syntax/ast.ts'
import { generate } from './codegen-template.ts'
import { textCode } from './constant.ts'
import type { CompileOptions } from './options.ts'
import { usedBuiltIns } from './used-built-ins.ts'

const MODES: readonly Mode[] = ['sync', 'async', 'stream', 'asyncStream']

/**
 * The source of a JavaScript module with a compiled template: a function for each mode, the filters, tests, globals and
 * methods that they may use, `name` and `filename`. It imports what it needs from `@phial/jinja/runtime`, and needs no
 * environment to be loaded.
 */
export function moduleSource(
  template: Template,
  options: Omit<CompileOptions, 'mode' | 'isPortable'>,
): string {
  const imports = new Set<string>()
  const functions = MODES.map((mode) => {
    const code = generate(template, { ...options, mode, isPortable: true })
    for (const name of code.imports) imports.add(name)
    return `export const ${mode} = (env, origin) => { ${code.body} };`
  })
  const { filters, tests, globals, methods } = usedBuiltIns(template)
  for (const name of [...filters, ...tests, ...globals, ...Object.values(methods)]) imports.add(name)
  const builtIns = [
    `filters: ${spread(filters)}`,
    `tests: ${spread(tests)}`,
    `globals: ${spread(globals)}`,
    `methods: { ${Object.entries(methods)
      .map(([type, name]) => `${type}: ${name}`)
      .join(', ')} }`,
  ]
  const names = Array.from(imports).sort().join(', ')
  return [
    `import { ${names} } from "@phial/jinja/runtime";`,
    ...functions,
    `export const builtIns = { ${builtIns.join(', ')} };`,
    `export const name = ${options.name === null ? 'null' : textCode(options.name)};`,
    `export const filename = ${options.filename === null ? 'null' : textCode(options.filename)};`,
    '',
  ].join('\n')
}

function spread(names: readonly string[]): string {
  return `[${names.map((name) => `...${name}`).join(', ')}]`
}
