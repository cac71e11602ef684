/** A value in the parentheses of a converter. */
export type ArgumentValue = string | number | boolean | null

/** One argument as it is written in the rule. */
export interface ArgumentToken {
  /** The name before `=`, null for a positional argument. */
  readonly name: string | null
  /** The text of the value, without quotes. */
  readonly source: string
  /** Whether the value was written in quotes. */
  readonly quoted: boolean
  /** Place in the rule. */
  readonly index: number
}

/** What a converter option may be. */
export type ArgumentKind = 'integer' | 'number' | 'boolean'

/** The arguments of `<converter(arguments):name>`, handed to the constructor of the converter. */
export class ConverterArguments {
  /** The arguments as written, in order. */
  readonly tokens: readonly ArgumentToken[]
  /** Values without a name, in order. */
  readonly positional: readonly ArgumentValue[]
  /** Values with a name. */
  readonly named: ReadonlyMap<string, ArgumentValue>

  constructor(tokens: readonly ArgumentToken[]) {
    this.tokens = tokens
    this.positional = tokens.filter((token) => token.name === null).map(argumentValue)
    const named = new Map<string, ArgumentValue>()
    for (const token of tokens) {
      if (token.name === null) continue
      if (named.has(token.name)) throw new TypeError(`argument '${token.name}' is given twice`)
      named.set(token.name, argumentValue(token))
    }
    this.named = named
  }

  /**
   * The arguments by name, positional ones in the order of `kinds`, checked against their kinds.
   *
   * @throws TypeError for an unknown name, too many values, a value of another kind.
   */
  read<Kinds extends Readonly<Record<string, ArgumentKind>>>(
    kinds: Kinds,
  ): { [Name in keyof Kinds]?: Kinds[Name] extends 'boolean' ? boolean : number } {
    const names = Object.keys(kinds)
    const read = new Map<string, number | boolean>()
    const take = (name: string, value: ArgumentValue): void => {
      const kind = kinds[name]
      if (kind === undefined) throw new TypeError(`unknown argument '${name}' (known: ${names.join(', ')})`)
      if (read.has(name)) throw new TypeError(`argument '${name}' is given twice`)
      if (value !== null) read.set(name, checked(name, kind, value))
    }
    for (const [index, value] of this.positional.entries()) {
      const name = names[index]
      if (name === undefined) throw new TypeError(`too many arguments (known: ${names.join(', ')})`)
      take(name, value)
    }
    for (const [name, value] of this.named) take(name, value)
    return Object.fromEntries(read) as ReturnType<typeof this.read<Kinds>>
  }
}

function argumentValue(token: ArgumentToken): ArgumentValue {
  const { source } = token
  if (token.quoted) return source
  if (source === 'True') return true
  if (source === 'False') return false
  if (source === 'None') return null
  return isNumber(source) ? Number(source) : source
}

/** Digits with at most one dot among or around them. */
function isNumber(source: string): boolean {
  return /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/.test(source)
}

function checked(name: string, kind: ArgumentKind, value: string | number | boolean): number | boolean {
  if (kind === 'boolean') {
    if (typeof value === 'boolean') return value
    if (value === 'true' || value === 'false') return value === 'true'
    if (value === 0 || value === 1) return value === 1
    throw new TypeError(`argument '${name}' must be True or False, got '${value}'`)
  }
  const number = typeof value === 'string' && isNumber(value) ? Number(value) : value
  if (
    typeof number !== 'number' ||
    !Number.isFinite(number) ||
    (kind === 'integer' && !Number.isInteger(number))
  ) {
    throw new TypeError(
      `argument '${name}' must be ${kind === 'integer' ? 'an integer' : 'a number'}, got '${value}'`,
    )
  }
  return number
}
