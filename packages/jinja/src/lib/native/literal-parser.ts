import { Dict } from '../values/dict.ts'
import { hashKey } from '../values/hash-key.ts'
import { negate } from '../values/operators.ts'
import { tupleOf } from '../values/tuple.ts'
import type { LiteralToken } from './literal-tokens.ts'
import { tokenizeLiteral } from './literal-tokens.ts'

/** A value, boxed: `None` is a literal too. */
export interface Literal {
  readonly value: unknown
}

/**
 * The value of a text that is a Python literal, as `ast.literal_eval` reads it: numbers, strings, bytes, tuples, lists,
 * dicts, sets, `True`, `False`, `None`, and a sign before a number. `undefined` for every other text. Nothing is
 * called, and the time grows with the length of the text.
 *
 * There are no complex numbers, no `...` and no names of characters (`\N{…}`) here: such texts are none.
 */
export function parseLiteral(text: string): Literal | undefined {
  const tokens = tokenizeLiteral(text)
  if (tokens === undefined || tokens.length === 0) return undefined
  try {
    return { value: new LiteralParser(tokens).parse() }
  } catch (error) {
    if (error instanceof NoLiteral) return undefined
    throw error
  }
}

class NoLiteral extends Error {}

class LiteralParser {
  readonly #tokens: readonly LiteralToken[]
  #at = 0

  constructor(tokens: readonly LiteralToken[]) {
    this.#tokens = tokens
  }

  parse(): unknown {
    const value = this.#listed(undefined)
    if (this.#at < this.#tokens.length) throw new NoLiteral()
    return value
  }

  /** A value, or a tuple if there is a comma, up to a closing sign. */
  #listed(closing: string | undefined): unknown {
    const first = this.#value()
    if (!this.#isNext(',')) return first
    const items = [first]
    while (this.#skip(',')) {
      if (this.#isAtEnd(closing)) break
      items.push(this.#value())
    }
    return tupleOf(items)
  }

  #value(): unknown {
    const token = this.#next()
    if (token.kind === 'string') return this.#joined(token)
    if (token.kind === 'bytes') return this.#joinedBytes(token)
    if (token.kind !== 'sign') return token.value
    switch (token.sign) {
      case '(':
        return this.#parenthesized()
      case '[':
        return this.#list()
      case '{':
        return this.#dictOrSet()
      case '-':
        return negate(this.#number())
      case '+':
        return this.#number()
      default:
        throw new NoLiteral()
    }
  }

  /** What a sign may stand before: a number, in any brackets. */
  #number(): unknown {
    let depth = 0
    while (this.#skip('(')) depth += 1
    const token = this.#next()
    if (token.kind !== 'number') throw new NoLiteral()
    for (; depth > 0; depth--) this.#expect(')')
    return token.value
  }

  #parenthesized(): unknown {
    if (this.#skip(')')) return tupleOf([])
    const value = this.#listed(')')
    this.#expect(')')
    return value
  }

  #list(): unknown[] {
    const items: unknown[] = []
    while (!this.#skip(']')) {
      items.push(this.#value())
      if (!this.#isNext(']')) this.#expect(',')
    }
    return items
  }

  #dictOrSet(): unknown {
    if (this.#skip('}')) return new Dict()
    const first = this.#value()
    return this.#isNext(':') ? this.#dict(first) : this.#set(first)
  }

  #dict(firstKey: unknown): Dict {
    const dict = new Dict()
    for (let key = firstKey; ; key = this.#value()) {
      this.#expect(':')
      hash(key)
      dict.set(key, this.#value())
      if (!this.#isNext('}')) this.#expect(',')
      if (this.#skip('}')) return dict
    }
  }

  #set(first: unknown): Set<unknown> {
    const hashes = new Set<unknown>()
    const items = new Set<unknown>()
    for (let item = first; ; item = this.#value()) {
      const key = hash(item)
      if (!hashes.has(key)) items.add(item)
      hashes.add(key)
      if (!this.#isNext('}')) this.#expect(',')
      if (this.#skip('}')) return items
    }
  }

  /** Strings behind each other are one. */
  #joined(first: LiteralToken & { value: unknown }): string {
    let text = first.value as string
    for (let token = this.#peek(); token?.kind === 'string'; token = this.#peek()) {
      text += token.value as string
      this.#at += 1
    }
    if (this.#peek()?.kind === 'bytes') throw new NoLiteral()
    return text
  }

  #joinedBytes(first: LiteralToken & { value: unknown }): Uint8Array {
    const parts = [first.value as Uint8Array]
    for (let token = this.#peek(); token?.kind === 'bytes'; token = this.#peek()) {
      parts.push(token.value as Uint8Array)
      this.#at += 1
    }
    if (this.#peek()?.kind === 'string') throw new NoLiteral()
    const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
    let at = 0
    for (const part of parts) {
      bytes.set(part, at)
      at += part.length
    }
    return bytes
  }

  #peek(): LiteralToken | undefined {
    return this.#tokens[this.#at]
  }

  #next(): LiteralToken {
    const token = this.#tokens[this.#at]
    if (token === undefined) throw new NoLiteral()
    this.#at += 1
    return token
  }

  #isNext(sign: string): boolean {
    const token = this.#peek()
    return token?.kind === 'sign' && token.sign === sign
  }

  #isAtEnd(closing: string | undefined): boolean {
    return closing === undefined ? this.#peek() === undefined : this.#isNext(closing)
  }

  #skip(sign: string): boolean {
    if (!this.#isNext(sign)) return false
    this.#at += 1
    return true
  }

  #expect(sign: string): void {
    if (!this.#skip(sign)) throw new NoLiteral()
  }
}

/** Lists, dicts and sets are no keys. */
function hash(value: unknown): unknown {
  try {
    return hashKey(value)
  } catch {
    throw new NoLiteral()
  }
}
