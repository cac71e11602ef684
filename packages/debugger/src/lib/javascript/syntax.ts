import type { Token } from './tokens.ts'

/** Tokens without comments, and the partner of each bracket. */
export interface Syntax {
  readonly tokens: readonly Token[]
  readonly partners: Int32Array
}

/** Operators that stand before their operand. */
const PREFIX: ReadonlySet<string> = new Set([
  '+',
  '-',
  '!',
  '~',
  '++',
  '--',
  'await',
  'typeof',
  'void',
  'delete',
  'yield',
])

/** What follows an operand on the next line and goes on with the same expression. */
const GOES_ON = /^(?:[.([,;)\]}:?*/%<>&|^=]|\?\.|\?\?|[+-]$|[=!]==?|\+=|-=|\*\*|=>|in$|instanceof$)/

/**
 * The token behind the operand of an `await` that begins at `at`: prefix operators, then one value with its members,
 * calls and templates. -1 for what is no operand.
 */
export function operandEnd({ tokens, partners }: Syntax, at: number): number {
  while (at < tokens.length && PREFIX.has(tokens[at]!.text) && isOperator(tokens[at]!)) at++
  let end = valueEnd({ tokens, partners }, at)
  if (end === -1) return -1
  while (end < tokens.length) {
    const { kind, text, newline } = tokens[end]!
    if (text === '.' || text === '?.') {
      const next = tokens[end + 1]
      if (next === undefined) return -1
      end = next.text === '(' || next.text === '[' ? end + 1 : end + 2
    } else if ((text === '(' || text === '[') && kind === 'punctuator') {
      if (partners[end]! <= end) return -1
      end = partners[end]! + 1
    } else if (kind === 'template' && text.startsWith('`')) {
      end = templateEnd({ tokens, partners }, end)
      if (end === -1) return -1
    } else if ((text === '++' || text === '--') && !newline) {
      end++
    } else {
      break
    }
  }
  return end
}

function valueEnd(syntax: Syntax, at: number): number {
  const { tokens, partners } = syntax
  const token = tokens[at]
  if (token === undefined) return -1
  const { kind, text } = token
  if (kind === 'template') return text.startsWith('`') ? templateEnd(syntax, at) : -1
  if (kind === 'punctuator') {
    if (text !== '(' && text !== '[' && text !== '{') return -1
    return partners[at]! > at ? partners[at]! + 1 : -1
  }
  if (text === 'new' && kind === 'keyword') return newEnd(syntax, at)
  if (text === 'async' && tokens[at + 1]?.text === 'function') return functionEnd(syntax, at + 1)
  if (text === 'function' && kind === 'keyword') return functionEnd(syntax, at)
  if (text === 'class' && kind === 'keyword') return classEnd(syntax, at)
  return at + 1
}

/** `new` takes the members behind it, and the first call. */
function newEnd(syntax: Syntax, at: number): number {
  const { tokens, partners } = syntax
  if (tokens[at + 1]?.text === '.') return at + 3
  let end = valueEnd(syntax, at + 1)
  while (end !== -1 && end < tokens.length) {
    const { text } = tokens[end]!
    if (text === '.') end += 2
    else if (text === '[') end = partners[end]! > end ? partners[end]! + 1 : -1
    else break
  }
  if (end !== -1 && tokens[end]?.text === '(') return partners[end]! > end ? partners[end]! + 1 : -1
  return end
}

function functionEnd({ tokens, partners }: Syntax, at: number): number {
  let end = at + 1
  while (end < tokens.length && tokens[end]!.text !== '(') end++
  const body = (partners[end] ?? -1) + 1
  return body > 0 && tokens[body]?.text === '{' && partners[body]! > body ? partners[body]! + 1 : -1
}

function classEnd({ tokens, partners }: Syntax, at: number): number {
  let end = at + 1
  while (end < tokens.length && tokens[end]!.text !== '{') {
    const { text } = tokens[end]!
    end = text === '(' || text === '[' ? partners[end]! + 1 : end + 1
    if (end === 0) return -1
  }
  return partners[end]! > end ? partners[end]! + 1 : -1
}

/** The token behind the template that begins at `at`. -1 if it does not end. */
function templateEnd({ tokens, partners }: Syntax, at: number): number {
  let end = at
  while (tokens[end]!.text.endsWith('${')) {
    const next = partners[end]!
    if (next <= end) return -1
    end = next
  }
  return end + 1
}

/** The token behind the expression that begins at `at`: where a comma, a closing bracket or a new statement stands. */
export function expressionEnd({ tokens, partners }: Syntax, at: number): number {
  let end = at
  while (end < tokens.length) {
    const { kind, text, newline } = tokens[end]!
    if (end > at && newline && endsOperand(tokens[end - 1]!) && !goesOn(tokens[end]!)) return end
    if (kind === 'punctuator') {
      if (text === ',' || text === ';' || text === ')' || text === ']' || text === '}') return end
      if (text === '(' || text === '[' || text === '{') {
        if (partners[end]! <= end) return -1
        end = partners[end]!
      }
    } else if (kind === 'template') {
      if (text.startsWith('}')) return end
      end = templateEnd({ tokens, partners }, end) - 1
      if (end < 0) return -1
    }
    end++
  }
  return end
}

function endsOperand({ kind, text }: Token): boolean {
  if (kind === 'punctuator') return /^(?:[)\]}]|\+\+|--)$/.test(text)
  if (kind === 'keyword') return /^(?:this|super|null|true|false)$/.test(text)
  return kind !== 'template' || text.endsWith('`')
}

function goesOn({ kind, text }: Token): boolean {
  if (kind === 'template') return true
  return (kind === 'punctuator' || kind === 'keyword') && GOES_ON.test(text)
}

function isOperator({ kind }: Token): boolean {
  return kind === 'punctuator' || kind === 'keyword'
}

/** The names that a pattern binds: `x`, `{ a, b: [c], ...rest }`, `[x = 1]`; and the token behind it. */
export function bindingNames(
  syntax: Syntax,
  at: number,
  names: string[] = [],
): { names: string[]; end: number } {
  const { tokens, partners } = syntax
  const token = tokens[at]
  if (token === undefined) return { names, end: at }
  if (token.text === '...') return bindingNames(syntax, at + 1, names)
  if (token.text !== '{' && token.text !== '[') {
    if (token.kind === 'name') names.push(token.text)
    return { names, end: at + 1 }
  }
  const closing = partners[at]!
  if (closing <= at) return { names, end: at + 1 }
  const isObject = token.text === '{'
  for (let next = at + 1; next < closing; ) {
    if (tokens[next]!.text === ',') {
      next++
      continue
    }
    // A key that is named otherwise: `a: pattern`, `[key]: pattern`, `'a': pattern`.
    if (isObject && tokens[next]!.text !== '...') {
      const behind = tokens[next]!.text === '[' ? partners[next]! + 1 : next + 1
      if (tokens[behind]?.text === ':') next = behind + 1
    }
    next = bindingNames(syntax, next, names).end
    if (tokens[next]?.text === '=') next = Math.max(next + 1, expressionEnd(syntax, next + 1))
    // What is no pattern must not stop the reader.
    while (next < closing && tokens[next]!.text !== ',') next++
  }
  return { names, end: closing + 1 }
}

/** The names that the declaration `const`, `let` or `var` at `at` binds. */
export function declaredNames(syntax: Syntax, at: number): string[] {
  const { tokens } = syntax
  const names: string[] = []
  for (let next = at + 1; next < tokens.length; next++) {
    next = bindingNames(syntax, next, names).end
    if (tokens[next]?.text === '=') next = expressionEnd(syntax, next + 1)
    if (next < 0 || tokens[next]?.text !== ',') break
  }
  return names
}
