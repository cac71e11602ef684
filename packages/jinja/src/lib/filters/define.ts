import type { TemplateFunction } from '../runtime-interface.ts'
import type { Pass } from '../values/signature.ts'
import { readSignature, withSignature } from '../values/signature.ts'

/** A filter or test under its name in templates. */
export type Row = readonly [name: string, fn: TemplateFunction]

/**
 * A filter or test with a signature.
 *
 * @param signature The function's name in error messages and its parameters, as `readSignature` takes them.
 * @param pass What the function gets first.
 */
export function define(name: string, signature: string, fn: TemplateFunction, pass?: Pass): Row {
  return [name, withSignature(readSignature(signature, pass), fn)]
}

/** Another name for the same function. */
export function alias(name: string, [, fn]: Row): Row {
  return [name, fn]
}
