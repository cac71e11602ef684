import type { TemplateFunction } from '../runtime-interface.ts'
import type { Pass } from '../values/signature.ts'
import { readSignature, withSignature } from '../values/signature.ts'

/** A filter or test under its name in templates. */
export type Row = readonly [name: string, fn: TemplateFunction]

/**
 * A filter or test with a signature.
 *
 * @param signature What the function is called in error messages, and its parameters, as `readSignature` takes them.
 * Without `do_` or `test_`, that is its name in templates.
 * @param pass What the function gets first.
 */
export function define(signature: string, fn: TemplateFunction, pass?: Pass): Row {
  const read = readSignature(signature, pass)
  return [read.name.replace(/^(?:sync_)?do_|^test_/, ''), withSignature(read, fn)]
}

/** The same function under another name. */
export function alias(name: string, [, fn]: Row): Row {
  return [name, fn]
}
