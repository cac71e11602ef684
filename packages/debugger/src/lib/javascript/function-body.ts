import { matchBrackets, significant, tokenize } from './tokens.ts'

/**
 * A module as the body of an async function, so that a compiler for functions can tell whether it is well-formed:
 * imports and the word `export` are left out. Its meaning is lost.
 */
export function functionBodyOf(source: string): string {
  const module = source.startsWith('#!') ? `//${source.slice(2)}` : source
  const tokens = significant(tokenize(module))
  const partners = matchBrackets(tokens)
  let out = ''
  let from = 0
  const replace = (first: number, behind: number, text: string): void => {
    out += module.slice(from, tokens[first]!.start) + text
    from = tokens[Math.min(behind, tokens.length) - 1]!.end
  }
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i]!
    if (kind !== 'keyword') {
      // Imports and exports stand at the top level only.
      if (kind === 'punctuator' && text === '{' && partners[i]! > i) i = skipBlock(i)
      continue
    }
    const next = tokens[i + 1]?.text
    if (text === 'import' && next === '.') replace(i, Math.min(i + 3, tokens.length), '({})')
    else if (text === 'import' && next !== '(') replace(i, statementEnd(i), ';')
    else if (text === 'export' && next === 'default') replace(i, i + 2, '0,')
    else if (text === 'export' && (next === '{' || next === '*')) replace(i, statementEnd(i), ';')
    else if (text === 'export') replace(i, i + 1, '')
  }
  return `${out}${module.slice(from)}\n`

  /** Goes over a block; only `import.meta` is looked for in it. */
  function skipBlock(start: number): number {
    const end = partners[start]!
    for (let i = start; i < end; i++) {
      const { kind, text } = tokens[i]!
      if (kind === 'keyword' && text === 'import' && tokens[i + 1]?.text === '.') replace(i, i + 3, '({})')
    }
    return end
  }

  /** Behind `import … from 'x' with { … }` and its like. */
  function statementEnd(start: number): number {
    let end = start + 1
    while (end < tokens.length && tokens[end]!.kind !== 'string') {
      const { text } = tokens[end]!
      const partner = partners[end]!
      if (text === ';') return end
      // `export { a, b }` without `from`.
      if (partner > end && tokens[start]!.text === 'export' && tokens[partner + 1]?.text !== 'from')
        return partner + 1
      end = partner > end ? partner + 1 : end + 1
    }
    end++
    if (tokens[end]?.text === 'with' && partners[end + 1]! > end) return partners[end + 1]! + 1
    return Math.min(end, tokens.length)
  }
}
