import { type BaseConverter, converterPattern, isIsolating } from './base-converter.ts'
import type { RuleToken } from './parse-rule.ts'
import { escapeRegex, type Pattern, patternSource } from './pattern.ts'

/**
 * Order of preference of a part among its siblings: more pieces of fixed text first, longer text first,
 * more parameters first, lighter converters first; at last the order in which the rules were added.
 */
export interface Weight {
  /** Lengths of the pieces of fixed text, in order. */
  readonly texts: readonly number[]
  /** Weights of the converters, in order. */
  readonly converters: readonly number[]
}

/** A step in the matching of a part. */
export type PartItem =
  | { readonly kind: 'literal'; readonly text: string }
  /** The end of a rule like `/<path:p>/`: an optional slash, not after another slash. */
  | { readonly kind: 'suffix' }
  | Pattern

/**
 * A piece of a rule between slashes. A `final` part holds a converter that crosses slashes, and with it
 * the rest of the rule.
 */
export type RulePart =
  | { readonly static: true; readonly text: string }
  | {
      readonly static: false
      readonly items: readonly PartItem[]
      readonly final: boolean
      readonly suffixed: boolean
      readonly weight: Weight
      /** Equal for parts that match the same text with the same preference. */
      readonly key: string
    }

/** Cuts the tokens of a rule at its slashes. `convert` gives the converter of a parameter token. */
export function ruleParts(
  tokens: readonly RuleToken[],
  convert: (token: RuleToken & { kind: 'parameter' }) => BaseConverter<unknown>,
): RulePart[] {
  const parts: RulePart[] = []
  let part = new PartBuilder()
  for (const token of tokens) {
    if (token.kind === 'static') part.addText(token.text)
    else if (token.kind === 'parameter') part.addConverter(convert(token))
    else if (part.final) part.addSlash()
    else {
      parts.push(part.build(false))
      part = new PartBuilder()
    }
  }
  const last = part.build(true)
  parts.push(last)
  if (!last.static && last.suffixed) parts.push({ static: true, text: '' })
  return parts
}

/** Negative when `a` is to be tried before `b`. */
export function compareWeights(a: Weight, b: Weight): number {
  return (
    b.texts.length - a.texts.length ||
    firstDifference(b.texts, a.texts) ||
    b.converters.length - a.converters.length ||
    firstDifference(a.converters, b.converters)
  )
}

/** The items as one anchored expression, each parameter a group named `p0`, `p1`, …. */
export function partRegex(items: readonly PartItem[]): RegExp {
  let index = 0
  const source = items.map((item) => {
    if (item.kind === 'literal') return escapeRegex(item.text)
    if (item.kind === 'suffix') return '(?<!/)(?<suffix>/?)'
    return `(?<p${index++}>${patternSource(item)})`
  })
  return new RegExp(`^(?:${source.join('')})$`, 'du')
}

class PartBuilder {
  final = false
  readonly #items: PartItem[] = []
  readonly #texts: number[] = []
  readonly #converters: number[] = []

  addText(text: string): void {
    this.#texts.push([...text].length)
    this.#literal(text)
  }

  addSlash(): void {
    this.#literal('/')
  }

  addConverter(converter: BaseConverter<unknown>): void {
    this.#converters.push(converter.weight)
    this.#items.push(converterPattern(converter))
    if (!isIsolating(converter)) this.final = true
  }

  build(isLast: boolean): RulePart {
    const items = this.#items
    const only = items[0]
    if (this.#converters.length === 0) {
      return { static: true, text: only?.kind === 'literal' ? only.text : '' }
    }
    const weight = { texts: this.#texts, converters: this.#converters }
    const suffixed = isLast && this.final && this.#dropLastSlash()
    if (suffixed) items.push({ kind: 'suffix' })
    const key = JSON.stringify([items.map(itemKey), this.final, weight])
    return { static: false, items, final: this.final, suffixed, weight, key }
  }

  #dropLastSlash(): boolean {
    const last = this.#items.at(-1)
    if (last?.kind !== 'literal' || !last.text.endsWith('/')) return false
    this.#items.pop()
    if (last.text.length > 1) this.#items.push({ kind: 'literal', text: last.text.slice(0, -1) })
    return true
  }

  #literal(text: string): void {
    const last = this.#items.at(-1)
    if (last?.kind === 'literal')
      this.#items[this.#items.length - 1] = { kind: 'literal', text: last.text + text }
    else this.#items.push({ kind: 'literal', text })
  }
}

function itemKey(item: PartItem): unknown {
  if (item.kind === 'literal') return ['literal', item.text]
  if (item.kind === 'suffix') return 'suffix'
  if (item.kind === 'digits') return ['digits', item.signed, item.limited]
  if (item.kind === 'regex') return ['regex', item.source, item.maxLength]
  if (item.kind === 'text') return ['text', item.min, item.max]
  if (item.kind === 'decimal') return ['decimal', item.signed]
  if (item.kind === 'choice') return ['choice', item.items]
  return item.kind
}

/** The first difference of two lists of numbers; a list that ends first is smaller. */
function firstDifference(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]! - b[index]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
