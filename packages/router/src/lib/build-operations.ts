import type { BaseConverter } from './base-converter.ts'
import { ValidationError } from './errors.ts'
import type { RuleToken } from './parse-rule.ts'
import { quotePath } from './percent.ts'

/** A step in building a URL: text as it is, or the name of a parameter. */
export type BuildOperation = string | { readonly parameter: string }

/** The steps for tokens. A parameter with a default value is text already. */
export function buildOperations(
  tokens: readonly RuleToken[],
  converters: ReadonlyMap<string, BaseConverter<unknown>>,
  defaults: Readonly<Record<string, unknown>> | null,
): BuildOperation[] {
  const operations: BuildOperation[] = []
  let text = ''
  for (const token of tokens) {
    if (token.kind === 'slash') text += '/'
    else if (token.kind === 'static') text += quotePath(token.text)
    else if (defaults !== null && Object.hasOwn(defaults, token.name)) {
      text += converters.get(token.name)?.toUrl(defaults[token.name]) ?? ''
    } else {
      if (text !== '') operations.push(text)
      operations.push({ parameter: token.name })
      text = ''
    }
  }
  if (text !== '') operations.push(text)
  return operations
}

/** Writes a URL. Errors of converters name the parameter and the rule. */
export function fillOperations(
  operations: readonly BuildOperation[],
  converters: ReadonlyMap<string, BaseConverter<unknown>>,
  values: Readonly<Record<string, unknown>>,
  rule: string,
): string {
  let url = ''
  for (const operation of operations) {
    if (typeof operation === 'string') url += operation
    else url += toUrl(converters.get(operation.parameter), operation.parameter, values, rule)
  }
  return url
}

function toUrl(
  converter: BaseConverter<unknown> | undefined,
  name: string,
  values: Readonly<Record<string, unknown>>,
  rule: string,
): string {
  if (!Object.hasOwn(values, name))
    throw new TypeError(`Cannot build a URL of '${rule}': no value for '${name}'`)
  try {
    return converter?.toUrl(values[name]) ?? ''
  } catch (error) {
    if (error instanceof ValidationError || !(error instanceof Error)) throw error
    throw new TypeError(`Cannot build a URL of '${rule}': parameter '${name}': ${error.message}`, {
      cause: error,
    })
  }
}
