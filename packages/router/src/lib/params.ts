/**
 * The types of converters of your own, by the name that they have in rules. Augment it:
 *
 * ```ts
 * declare module '@phial/router' {
 *   interface Converters { list: string[] }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: applications add to it.
export interface Converters {}

/** The types of the built-in converters. */
interface BuiltInConverters {
  default: string
  string: string
  path: string
  uuid: string
  int: number
  float: number
  bigint: bigint
}

/**
 * The parameters of a rule: `RuleParams<'/add/<int:n1>/<int:n2>'>` is `{ n1: number; n2: number }`. An
 * `any(…)` converter gives the union of its items; a converter that is not known gives `string`. Of a rule
 * that is not a literal nothing is known.
 */
export type RuleParams<Rule extends string> = string extends Rule
  ? Record<string, unknown>
  : { [Parameter in ParametersOf<Rule> as NameOf<Parameter>]: ValueOf<Parameter> }

/** The parameters as they stand between `<` and `>`, as a union. */
type ParametersOf<Rule extends string, Found extends string = never> = Rule extends `${string}<${infer Rest}`
  ? Rest extends `${infer Simple}>${infer Tail}`
    ? Simple extends `${string}(${string}`
      ? Rest extends `${infer Head}):${infer Name}>${infer End}`
        ? ParametersOf<End, Found | `${Head}):${Name}`>
        : Found
      : ParametersOf<Tail, Found | Simple>
    : Found
  : Found

type NameOf<Parameter extends string> = Parameter extends `${string}):${infer Name}`
  ? Name
  : Parameter extends `${string}:${infer Name}`
    ? Name
    : Parameter

type ValueOf<Parameter extends string> = Parameter extends `${infer Converter}(${infer Arguments}):${string}`
  ? Converter extends 'any'
    ? ItemsOf<Arguments>
    : ConverterValue<Converter>
  : Parameter extends `${infer Converter}:${string}`
    ? ConverterValue<Converter>
    : ConverterValue<'default'>

type ConverterValue<Name extends string> = Name extends keyof Converters
  ? Converters[Name]
  : Name extends keyof BuiltInConverters
    ? BuiltInConverters[Name]
    : string

/** The items of `any(…)`: words and quoted strings between commas. */
type ItemsOf<Text extends string, Found extends string = never> = Text extends ` ${infer Rest}`
  ? ItemsOf<Rest, Found>
  : Text extends `"${infer Item}"${infer Rest}`
    ? ItemsOf<AfterComma<Rest>, Found | Item>
    : Text extends `'${infer Item}'${infer Rest}`
      ? ItemsOf<AfterComma<Rest>, Found | Item>
      : Text extends `${infer Item},${infer Rest}`
        ? ItemsOf<Rest, Found | WithoutSpace<Item>>
        : Text extends ''
          ? Found
          : Found | WithoutSpace<Text>

type AfterComma<Text extends string> = Text extends `${string},${infer Rest}` ? Rest : ''

type WithoutSpace<Text extends string> = Text extends `${infer Rest} ` ? WithoutSpace<Rest> : Text
