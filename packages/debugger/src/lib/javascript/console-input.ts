import { bindingNames, declaredNames, type Syntax } from './syntax.ts'
import { matchBrackets, significant, type Token, tokenize } from './tokens.ts'

/** What somebody typed, ready to be evaluated. */
export interface ConsoleInput {
  /** The code, with `import` in a form that works in evaluated code. */
  readonly code: string
  /** Whether it waits. */
  readonly isAsync: boolean
  /** The names that it declares, to be kept for the next input. */
  readonly declares: readonly string[]
  /** The names that it reads. */
  readonly names: ReadonlySet<string>
  /** `#name` of members, which a check of the syntax must know. */
  readonly privateNames: readonly string[]
  /** Where its last statement may begin, the likeliest first. */
  readonly lastStatements: readonly number[]
}

/** What `import` and `import.meta` are called in evaluated code, where the language allows neither. */
export const IMPORT = '__phialImport'
export const META = '__phialMeta'

/** Reads an input of the console. */
export function readInput(text: string): ConsoleInput {
  const { code, hasImport } = replaceImports(text.trim().replace(/;+\s*$/, ''))
  const tokens = significant(tokenize(code))
  const syntax: Syntax = { tokens, partners: matchBrackets(tokens) }
  const declares: string[] = []
  const lastStatements: number[] = []
  for (let i = 0; i < tokens.length; i++) {
    const { text: word, kind, newline } = tokens[i]!
    if (i > 0 && (tokens[i - 1]!.text === ';' || tokens[i - 1]!.text === '}' || newline)) {
      lastStatements.push(tokens[i]!.start)
    }
    if (kind === 'keyword') {
      if (word === 'const' || word === 'let' || word === 'var') declares.push(...declaredNames(syntax, i))
      // At the start of an expression they declare nothing: `(function f() {})`.
      else if ((word === 'function' || word === 'class') && isStatementStart(tokens, i)) {
        const at = tokens[i + 1]?.text === '*' ? i + 2 : i + 1
        declares.push(...bindingNames(syntax, at).names)
      }
    }
    // What stands in brackets is no statement of the input itself.
    const partner = syntax.partners[i]!
    if (partner > i) i = partner - 1
  }
  const names = new Set<string>()
  const privateNames = new Set<string>()
  for (const [i, { kind, text: word }] of tokens.entries()) {
    if (kind === 'private') privateNames.add(word)
    if (kind === 'name' && tokens[i - 1]?.text !== '.' && tokens[i - 1]?.text !== '?.') names.add(word)
  }
  return {
    code,
    isAsync: hasImport || tokens.some(({ kind, text: word }) => kind === 'keyword' && word === 'await'),
    declares: [...new Set(declares)],
    names,
    privateNames: [...privateNames],
    lastStatements: lastStatements.reverse().slice(0, 5),
  }
}

function isStatementStart(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (before === undefined || before.text === ';' || before.text === '}' || tokens[at]!.newline) return true
  return before.text === 'async' && (at === 1 || isStatementStart(tokens, at - 1))
}

/** `import x from 'y'` becomes `const { default: x } = await …('y')`; `import(` and `import.meta` their stand-ins. */
function replaceImports(text: string): { code: string; hasImport: boolean } {
  const tokens = significant(tokenize(text))
  let code = ''
  let from = 0
  let hasImport = false
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text: word, start, end } = tokens[i]!
    if (kind !== 'keyword' || word !== 'import') continue
    const next = tokens[i + 1]?.text
    if (next === '(') {
      code += text.slice(from, start) + IMPORT
      from = end
    } else if (next === '.') {
      code += text.slice(from, start) + META
      from = tokens[i + 2]?.end ?? end
    } else {
      let last = i + 1
      while (last < tokens.length && tokens[last]!.kind !== 'string') last++
      if (last === tokens.length) break
      code += text.slice(from, start) + importStatement(tokens.slice(i + 1, last), tokens[last]!.text)
      from = tokens[last]!.end
      hasImport = true
      i = last
    }
  }
  return { code: code + text.slice(from), hasImport }
}

function importStatement(clause: readonly Token[], specifier: string): string {
  const loaded = `await ${IMPORT}(${specifier})`
  if (clause.length === 0) return loaded
  const parts: string[] = []
  let all: string | null = null
  const isNamed = clause.findIndex(({ text }) => text === '{')
  const head = isNamed === -1 ? clause : clause.slice(0, isNamed)
  if (head[0]?.kind === 'name' && head[0].text !== 'from') parts.push(`default: ${head[0].text}`)
  const star = clause.findIndex(({ text }) => text === '*')
  if (star !== -1) all = clause[star + 2]?.text ?? null
  if (isNamed !== -1) {
    const inner = clause.slice(
      isNamed + 1,
      clause.findLastIndex(({ text }) => text === '}'),
    )
    parts.push(inner.map(({ text }) => (text === 'as' ? ':' : text)).join(' '))
  }
  const named = parts.length === 0 ? '' : `const { ${parts.join(', ')} } = ${all ?? loaded}`
  return all === null ? named : `const ${all} = ${loaded}${named === '' ? '' : `; ${named}`}`
}
