import type { ConsoleInput } from './console-input.ts'

// The forms that an input may have. Each is an expression: a call of a function that is strict, since the engine evaluates
// sloppy code even in modules, where a slip of the pen would make a global.

/** How evaluated code reaches what it is given. */
export const STATE_LINE: string = `const __s = globalThis[Symbol.for('phial.debugger.console')];`
const RESTORE = `for (const __k of Object.keys(__s.variables)) __s.variables[__k] = eval(__k);`

/** The input as an expression, whose value it is. */
export function expression(input: ConsoleInput, prelude: string): string {
  return wrap(input, prelude, `return (${input.code}\n)`)
}

/** Statements; `code` is the input, or a form of it that returns its value. */
export function statements(input: ConsoleInput, prelude: string, code: string): string {
  return wrap(input, prelude, `${saver(input)}${code}\n`)
}

/** Statements whose last one gives the value. Nothing in them may wait. */
export function evalStatements(input: ConsoleInput, prelude: string): string {
  return wrap(input, prelude, `return eval(${JSON.stringify(saver(input) + input.code)})`)
}

function wrap({ isAsync }: ConsoleInput, prelude: string, body: string): string {
  return `(${isAsync ? 'async ' : ''}() => { 'use strict'; ${prelude === '' ? STATE_LINE : prelude} try { ${body} } finally { ${RESTORE} } })()`
}

/** A function for each variable that the code declares, made before it runs: it changes the value of no statement. */
function saver({ declares }: ConsoleInput): string {
  if (declares.length === 0) return ''
  return `const __save = (__s.save = { ${declares.map((name) => `${name}: () => ${name}`).join(', ')} }); `
}
