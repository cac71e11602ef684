/**
 * What a parameter matches. The built-in kinds are matched by hand in linear time (`part-matcher.ts`);
 * `regex` is what a converter of the application says.
 */
export type Pattern =
  /** Characters other than `/`, counted in code points. */
  | { readonly kind: 'text'; readonly min: number; readonly max: number }
  /** ASCII digits; `limited` ones stay below 2^53. */
  | { readonly kind: 'digits'; readonly signed: boolean; readonly limited: boolean }
  /** ASCII digits, a dot, ASCII digits. */
  | { readonly kind: 'decimal'; readonly signed: boolean }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'choice'; readonly items: readonly string[] }
  /** Anything that does not start with `/`, as little as possible. */
  | { readonly kind: 'path' }
  | { readonly kind: 'regex'; readonly source: string; readonly maxLength: number }

/** A pattern that is not a regular expression. */
export type LinearPattern = Exclude<Pattern, { kind: 'regex' }>

const HEX = '[A-Fa-f0-9]'

/** The pattern as the source of a regular expression. */
export function patternSource(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'text':
      if (pattern.min === 1 && pattern.max === Infinity) return '[^/]+'
      if (pattern.min === pattern.max) return `[^/]{${pattern.min}}`
      return `[^/]{${pattern.min},${pattern.max === Infinity ? '' : pattern.max}}`
    case 'digits':
      return pattern.signed ? '-?[0-9]+' : '[0-9]+'
    case 'decimal':
      return pattern.signed ? '-?[0-9]+\\.[0-9]+' : '[0-9]+\\.[0-9]+'
    case 'uuid':
      return `${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`
    case 'choice':
      return `(?:${pattern.items.map(escapeRegex).join('|')})`
    case 'path':
      return '[^/].*?'
    case 'regex':
      return pattern.source
  }
}

/** Escapes text for a regular expression. */
export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
