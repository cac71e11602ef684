import type { Rule } from '@phial/router'
import type { Phial } from '../app.ts'

/** A converter as a rule has it. */
type Converter = Rule['converters'] extends ReadonlyMap<string, infer Found> ? Found : never

/** The types of the values that the router's own converters give, by the names of their classes. */
const OWN_TYPES: Readonly<Record<string, string>> = {
  StringConverter: 'string',
  PathConverter: 'string',
  UuidConverter: 'string',
  IntegerConverter: 'number',
  FloatConverter: 'number',
  BigIntConverter: 'bigint',
}

/** A parameter of an endpoint: the types that its rules give it, and whether a URL can be built without it. */
interface EndpointParameter {
  readonly types: Set<string>
  optional: boolean
}

/**
 * The members of `interface Endpoints`: each endpoint of an application with the parameters of its URLs.
 *
 * @param optional parameters that `urlDefaults` hooks give, so that they may be left out.
 */
export function endpointMembers(app: Phial, optional: ReadonlySet<string>): string[] {
  const rules = new Map<string, Rule[]>()
  for (const rule of app.urlMap.iterRules()) {
    rules.set(rule.endpoint, [...(rules.get(rule.endpoint) ?? []), rule])
  }
  return [...rules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([endpoint, list]) => `${memberName(endpoint)}: ${parametersType(list, optional)}`)
}

function parametersType(rules: readonly Rule[], optional: ReadonlySet<string>): string {
  const parameters = new Map<string, EndpointParameter>()
  for (const rule of rules) {
    for (const name of rule.arguments) {
      const found = parameters.get(name) ?? { types: new Set(), optional: optional.has(name) }
      parameters.set(name, found)
      const converter = rule.converters.get(name)
      // A value that only stands in `defaults` is none of the URL: it chooses between rules.
      found.types.add(
        converter === undefined ? literalType(rule.defaults?.[name]) : valueType(rule, name, converter),
      )
    }
  }
  for (const [name, parameter] of parameters) {
    parameter.optional ||= rules.some((rule) => !rule.arguments.has(name) || isDefault(rule, name))
  }
  if (parameters.size === 0) return '{}'
  const members = [...parameters].map(
    ([name, { types, optional: isOptional }]) =>
      `${memberName(name)}${isOptional ? '?' : ''}: ${unionText(types)}`,
  )
  return `{ ${members.sort().join('; ')} }`
}

/** A union without the literals that a wider type in it has already. */
function unionText(types: ReadonlySet<string>): string {
  const isCovered = (type: string): boolean =>
    (types.has('number') && /^-?\d/.test(type)) || (types.has('string') && type.startsWith('"'))
  return [...types]
    .filter((type) => !isCovered(type))
    .sort()
    .join(' | ')
}

function isDefault(rule: Rule, name: string): boolean {
  return rule.defaults !== null && Object.hasOwn(rule.defaults, name)
}

function valueType(rule: Rule, name: string, converter: Converter): string {
  const kind = converter.constructor.name
  if (kind === 'AnyConverter') {
    const { items } = converter as Converter & { readonly items: readonly string[] }
    return items.map((item) => JSON.stringify(item)).join(' | ')
  }
  const own = OWN_TYPES[kind]
  if (own !== undefined) return own
  // The type of a converter of one's own is declared in `interface Converters`; the compiler looks there.
  const text = [rule.rule, rule.host, rule.subdomain].find((part) => part?.includes(`:${name}>`)) ?? rule.rule
  return `RuleParams<${JSON.stringify(text)}>[${JSON.stringify(name)}]`
}

function literalType(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? JSON.stringify(value) : 'unknown'
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}
