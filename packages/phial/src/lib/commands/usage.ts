/** What a value of the command line is read as. */
export type ValueType = 'string' | 'int' | 'float'

/** An argument as the usage of a command has it: `<int:id>`, `[name]`, `<file...>`. */
export interface UsageArgument {
  readonly name: string
  readonly type: ValueType
  readonly required: boolean
  /** Takes all arguments that are left. */
  readonly variadic: boolean
}

/** An option as its flags have it: `-n, --count <int:n>`. */
export interface OptionFlags {
  /** The name in the values: that of the long flag in camel case. */
  readonly name: string
  readonly short: string | null
  readonly long: string | null
  /** Whether the flags turn it `on`, `off` (`--no-x`), or `both` (`--[no-]x`). */
  readonly turns: 'on' | 'off' | 'both'
  /** What the option takes, or null for a switch. */
  readonly value: { readonly name: string; readonly type: ValueType; readonly multiple: boolean } | null
}

const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_:.-]*$/u
const PARAMETER = /^(?:([a-z]+):)?([\p{L}_$][\p{L}\p{N}_$-]*)(\.\.\.)?$/u
const SHORT = /^-[^\s,-]$/u
const LONG = /^--(no-|\[no-\])?([\p{L}\p{N}][\p{L}\p{N}_-]*)$/u
const TYPES: readonly string[] = ['string', 'int', 'float'] satisfies ValueType[]

/**
 * Reads the usage of a command: its name, then its arguments.
 *
 * @throws TypeError that says what is wrong.
 */
export function parseUsage(usage: string): { name: string; arguments: UsageArgument[] } {
  const [name = '', ...words] = usage.trim().split(/\s+/)
  checkCommandName(name, usage)
  const found: UsageArgument[] = []
  for (const word of words) {
    const argument = parseArgument(word, usage)
    const last = found.at(-1)
    if (last?.variadic) {
      throw new TypeError(
        `'${last.name}...' in the usage '${usage}' takes all arguments that are left: nothing can stand after it.`,
      )
    }
    if (last?.required === false && argument.required) {
      throw new TypeError(
        `The argument '${argument.name}' in the usage '${usage}' is required and stands after an optional one. ` +
          'Write the required ones first.',
      )
    }
    if (found.some((other) => other.name === argument.name)) {
      throw new TypeError(`The argument '${argument.name}' stands twice in the usage '${usage}'.`)
    }
    found.push(argument)
  }
  return { name, arguments: found }
}

/** Throws for what cannot be typed as one word. */
export function checkCommandName(name: string, usage: string = name): void {
  if (NAME.test(name)) return
  throw new TypeError(
    `A command is called by one word of letters, digits, '-', '_', '.' and ':'; '${usage}' begins with '${name}'.`,
  )
}

/**
 * Reads the flags of an option: `-a, --admin`, `--role <role>`, `-n, --count <int:n>`, `--tag <tag...>`, `--no-color`,
 * `--[no-]color`.
 *
 * @throws TypeError that says what is wrong.
 */
export function parseFlags(flags: string): OptionFlags {
  const [, words = '', text = null] = /^([^<>]*?)(?: *<([^<>]*)>)?$/.exec(flags.trim()) ?? []
  let short: string | null = null
  let long: string | null = null
  let turns: OptionFlags['turns'] = 'on'
  for (const word of words.split(/, *| +/)) {
    const found = LONG.exec(word)
    if (found !== null && long === null) {
      long = found[2]!
      if (found[1] !== undefined) turns = found[1] === 'no-' ? 'off' : 'both'
    } else if (SHORT.test(word) && short === null && long === null) short = word.slice(1)
    else throw badFlags(flags)
  }
  const name = camelCase((long ?? short)!)
  if (text === null) return { name, short, long, turns, value: null }
  if (turns !== 'on') throw new TypeError(`The option '${flags}' turns something off, so it takes no value.`)
  const value = parseParameter(text)
  if (value === null) throw badFlags(flags)
  return { name, short, long, turns, value: { name: value.name, type: value.type, multiple: value.repeated } }
}

function badFlags(flags: string): TypeError {
  return new TypeError(
    `'${flags}' are no flags of an option. Write them as '--name', '-n, --name', '--name <value>', ` +
      "'--name <int:value>', '--name <value...>', '--no-name' or '--[no-]name'.",
  )
}

function parseArgument(word: string, usage: string): UsageArgument {
  const required = word.startsWith('<') && word.endsWith('>')
  const optional = word.startsWith('[') && word.endsWith(']')
  const parameter = required || optional ? parseParameter(word.slice(1, -1)) : null
  if (parameter !== null) {
    return { name: parameter.name, type: parameter.type, required, variadic: parameter.repeated }
  }
  throw new TypeError(
    `'${word}' in the usage '${usage}' is no argument. Write <name> for a required one, [name] for an optional one, ` +
      "<int:name> or <float:name> for a number, <name...> for all that are left. Options belong into 'options'.",
  )
}

function parseParameter(text: string): { name: string; type: ValueType; repeated: boolean } | null {
  const found = PARAMETER.exec(text)
  if (found === null) return null
  const [, type = 'string', name = '', dots] = found
  if (!TYPES.includes(type)) {
    throw new TypeError(
      `There is no type '${type}' for '<${text}>'. Types are ${TYPES.join(', ')}; for anything else give it a 'parse'.`,
    )
  }
  return { name: camelCase(name), type: type as ValueType, repeated: dots !== undefined }
}

function camelCase(name: string): string {
  return name.replace(/-+(.)/g, (_, letter: string) => letter.toUpperCase())
}
