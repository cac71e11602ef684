import type { Context } from '../context/context.ts'
import type { Script } from './script.ts'

/** What an argument or an option may be told. */
export interface ParameterOptions {
  /** What it is for, in a sentence. */
  help?: string
  /** The values that are allowed. Default: all. */
  choices?: readonly string[]
  /** The value if none was given. */
  default?: unknown
  /** The environment variable that is read if none was given on the command line. */
  env?: string
  /** The least number that is allowed. */
  min?: number
  /** The greatest number that is allowed. */
  max?: number
  /** Makes the value of the text; what it throws is shown to the user. Default: by the type in the usage. */
  parse?: (text: string) => unknown
}

/** What an option may be told. */
export interface OptionOptions extends ParameterOptions {
  /** Whether it must be given, on the command line or in the environment. Default false. */
  required?: boolean
  /** Whether the switch counts how often it was given. Default false. */
  count?: boolean
  /** Whether it is left out of the help. Default false. */
  hidden?: boolean
  /**
   * Whether the person at the terminal is asked for it if it was not given, on the command line or in the environment; a
   * text is the question. For a switch it is answered with yes or no. Default false.
   */
  prompt?: boolean | string
  /** Whether the answer is not shown while it is typed. Default false. */
  hideInput?: boolean
  /** Whether it is asked for twice, until both answers are the same; a text is the second question. Default false. */
  confirmationPrompt?: boolean | string
}

/** Arguments by their names, each with its help or all of its options. */
export type ArgumentEntries = Readonly<Record<string, string | ParameterOptions>>

/** Options by their flags, each with its help or all of its options. */
export type OptionEntries = Readonly<Record<string, string | OptionOptions>>

/** The values of a command, by the names in its usage and the long flags of its options in camel case. */
export type CommandValues<Usage extends string, Arguments, Options> = string extends Usage
  ? Record<string, unknown>
  : {
      [Word in ArgumentWords<Usage> as ParameterName<Word>]: ArgumentValue<
        Word,
        Entry<Arguments, ParameterName<Word>>
      >
    } & {
      // Without options the compiler infers any name.
      [Flags in keyof Options & string as string extends Flags ? never : FlagName<Flags>]: OptionValue<
        Flags,
        Options[Flags]
      >
    }

/** What a handler gets besides its values: the application's context, or without one the way to the application. */
export type HandlerContext<WithAppContext> = WithAppContext extends false ? Script : Context

type Entry<Entries, Name> = Name extends keyof Entries ? Entries[Name] : unknown

type ArgumentWords<Usage extends string> = Usage extends `${infer Word} ${infer Rest}`
  ? AsArgument<Word> | ArgumentWords<Rest>
  : AsArgument<Usage>

type AsArgument<Word extends string> = Word extends `<${string}>` | `[${string}]` ? Word : never

/** The name in `<int:name...>`. */
type ParameterName<Word extends string> = Word extends `<${infer Inner}>` | `[${infer Inner}]`
  ? CamelCase<WithoutType<WithoutDots<Inner>>>
  : never

type WithoutDots<Text extends string> = Text extends `${infer Name}...` ? Name : Text
type WithoutType<Text extends string> = Text extends `${string}:${infer Name}` ? Name : Text

type ArgumentValue<Word extends string, Given> = Word extends `${string}...${string}`
  ? Item<Word, Given>[]
  : Word extends `<${string}`
    ? Item<Word, Given>
    : Item<Word, Given> | Missing<Given>

type OptionValue<Flags extends string, Given> = Flags extends `${string}<${infer Inner}>`
  ? Inner extends `${string}...`
    ? Item<`<${Inner}>`, Given>[]
    : Given extends { readonly required: true }
      ? Item<`<${Inner}>`, Given>
      : Given extends { readonly prompt: true | string }
        ? Item<`<${Inner}>`, Given> | Exclude<Missing<Given>, undefined>
        : Item<`<${Inner}>`, Given> | Missing<Given>
  : Given extends { readonly count: true }
    ? number
    : boolean

/** What one text becomes. */
type Item<Word extends string, Given> = Given extends { readonly parse: (text: string) => infer Value }
  ? Value
  : Given extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Word extends `${string}int:${string}` | `${string}float:${string}`
      ? number
      : string

/** What stands for a value that was not given. */
type Missing<Given> = Given extends { readonly default: infer Default }
  ? unknown extends Default
    ? undefined
    : Widen<Default>
  : undefined

type Widen<Value> = Value extends string ? never : Value extends number ? never : Value

type FlagName<Flags extends string> = Flags extends `${string}--${infer Rest}`
  ? CamelCase<WithoutNo<FirstWord<Rest>>>
  : Flags extends `-${infer Rest}`
    ? FirstWord<Rest>
    : never

type WithoutNo<Name extends string> = Name extends `no-${infer Rest}` | `[no-]${infer Rest}` ? Rest : Name
type FirstWord<Text extends string> = Text extends `${infer Word} ${string}` ? Word : Text

type CamelCase<Name extends string> = Name extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Name
