import type { TemplateFunction } from './runtime-interface.ts'
import type { Pass } from './values/signature.ts'
import { signatureOf, withSignature } from './values/signature.ts'

/** Gives a filter, test or global the context of the template as its first argument: a `Context`. */
export function passContext<Fn extends TemplateFunction>(fn: Fn): Fn {
  return passing(fn, 'context')
}

/** Gives a filter, test or global the settings that can change inside a template: an `EvalContext`. */
export function passEvalContext<Fn extends TemplateFunction>(fn: Fn): Fn {
  return passing(fn, 'evalContext')
}

/** Gives a filter, test or global the environment as its first argument. */
export function passEnvironment<Fn extends TemplateFunction>(fn: Fn): Fn {
  return passing(fn, 'environment')
}

function passing<Fn extends TemplateFunction>(fn: Fn, pass: Pass): Fn {
  return withSignature({ name: fn.name, ...signatureOf(fn), pass }, fn)
}
