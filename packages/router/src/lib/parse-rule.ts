import { type ArgumentToken, ConverterArguments } from './converter-arguments.ts'
import { RuleSyntaxError } from './errors.ts'

/** One piece of a rule: a slash, fixed text, or a parameter. `index` is its place in the rule. */
export type RuleToken =
  | { readonly kind: 'slash'; readonly index: number }
  | { readonly kind: 'static'; readonly index: number; readonly text: string }
  | {
      readonly kind: 'parameter'
      readonly index: number
      readonly name: string
      /** The name of the converter; `default` when the rule names none. */
      readonly converter: string
      readonly arguments: ConverterArguments
    }

/**
 * Splits a rule: `/`, text, `<name>`, `<converter:name>`, `<converter(arguments):name>`. Arguments are
 * positional or `name=value`; a value is a number, `True`, `False`, `None`, a word or a quoted string.
 *
 * @throws RuleSyntaxError with a caret under the place.
 */
export function parseRule(rule: string): RuleToken[] {
  const tokens: RuleToken[] = []
  let at = 0
  while (at < rule.length) {
    const character = rule[at]
    if (character === '/') {
      tokens.push({ kind: 'slash', index: at })
      at++
    } else if (character === '<') {
      const reader = new ParameterReader(rule, at)
      tokens.push(reader.read())
      at = reader.at
    } else {
      let end = at
      while (end < rule.length && rule[end] !== '/' && rule[end] !== '<') end++
      tokens.push({ kind: 'static', index: at, text: rule.slice(at, end) })
      at = end
    }
  }
  return tokens
}

class ParameterReader {
  at: number
  readonly #rule: string
  readonly #start: number

  constructor(rule: string, start: number) {
    this.#rule = rule
    this.#start = start
    this.at = start + 1
  }

  read(): RuleToken {
    let converter = 'default'
    let values = new ConverterArguments([])
    let nameStart = this.at
    let name = this.#identifier('a parameter or converter name')
    if (this.#peek() === '(') {
      this.at++
      converter = name
      values = new ConverterArguments(this.#arguments())
      this.#expect(':', "':' and the parameter name after the converter arguments")
      nameStart = this.at
      name = this.#identifier('a parameter name')
    } else if (this.#peek() === ':') {
      this.at++
      converter = name
      nameStart = this.at
      name = this.#identifier('a parameter name')
    }
    this.#expect('>', "'>' after the parameter name")
    if (name === '__proto__') this.#fail(`'__proto__' cannot be a parameter name`, nameStart)
    return { kind: 'parameter', index: this.#start, name, converter, arguments: values }
  }

  #arguments(): ArgumentToken[] {
    const tokens: ArgumentToken[] = []
    this.#skipSpace()
    while (this.#peek() !== ')') {
      const token = this.#argument()
      if (token.name !== null && tokens.some((other) => other.name === token.name)) {
        this.#fail(`argument '${token.name}' is given twice`, token.index)
      }
      tokens.push(token)
      this.#skipSpace()
      if (this.#peek() === ',') {
        this.at++
        this.#skipSpace()
      } else if (this.#peek() !== ')') this.#unexpected("',' or ')' after the converter argument")
    }
    this.at++
    return tokens
  }

  #argument(): ArgumentToken {
    const index = this.at
    const first = this.#value()
    this.#skipSpace()
    if (first.quoted || this.#peek() !== '=') return { ...first, name: null, index }
    if (!/^\w+$/.test(first.source)) this.#fail(`'${first.source}' cannot be the name of an argument`, index)
    this.at++
    this.#skipSpace()
    return { ...this.#value(), name: first.source, index }
  }

  /** A quoted string (`u`, `r` before the quote are allowed, as in Python), a number or a word. */
  #value(): { source: string; quoted: boolean } {
    const start = this.at
    const quoteAt =
      /[urUR]/.test(this.#peek()) && /["']/.test(this.#rule[start + 1] ?? '') ? start + 1 : start
    const quote = this.#rule[quoteAt]
    if (quote === '"' || quote === "'") {
      const end = this.#rule.indexOf(quote, quoteAt + 1)
      if (end === -1) this.#fail(`expected a closing ${quote}`, quoteAt)
      this.at = end + 1
      return { source: this.#rule.slice(quoteAt + 1, end), quoted: true }
    }
    this.#skip(/[\p{L}\p{N}_.]*/uy)
    if (this.at === start) {
      const hint = this.#peek() === '-' ? '; negative numbers are not possible here' : ''
      this.#unexpected(`an argument: a number, True, False, None, a word or a quoted string${hint}`)
    }
    return { source: this.#rule.slice(start, this.at), quoted: false }
  }

  #identifier(wanted: string): string {
    const start = this.at
    if (!/[a-zA-Z_]/.test(this.#peek()))
      this.#unexpected(`${wanted} (a letter or '_', then letters, digits, '_')`)
    this.#skip(/[a-zA-Z0-9_]*/y)
    return this.#rule.slice(start, this.at)
  }

  #expect(character: string, wanted: string): void {
    if (this.#peek() !== character) this.#unexpected(wanted)
    this.at++
  }

  #skipSpace(): void {
    this.#skip(/\s*/y)
  }

  /** Goes to the end of what a sticky expression matches. */
  #skip(expression: RegExp): void {
    expression.lastIndex = this.at
    expression.test(this.#rule)
    this.at = Math.max(this.at, expression.lastIndex)
  }

  #peek(): string {
    return this.#rule[this.at] ?? ''
  }

  #unexpected(wanted: string): never {
    const got = this.#peek()
    this.#fail(`expected ${wanted}, got ${got === '' ? 'the end of the rule' : JSON.stringify(got)}`, this.at)
  }

  #fail(problem: string, index: number): never {
    throw new RuleSyntaxError(`Malformed URL rule: ${problem}`, this.#rule, index)
  }
}
