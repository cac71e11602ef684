import { quote } from '@phial/markup/text'
import { TemplateRuntimeError } from '../errors.ts'
import type { TemplateFunction } from '../runtime-interface.ts'
import type { RuntimeEnvironment } from './compiled.ts'

/** A filter by name. One that does not exist raises when it is called: it may stand behind a condition. */
export function filterNamed(
  environment: RuntimeEnvironment,
  name: string,
  isAsync: boolean,
): TemplateFunction {
  return environment.filterFor(name, isAsync) ?? unknown('filter', name)
}

/** A test by name, as {@link filterNamed}. */
export function testNamed(environment: RuntimeEnvironment, name: string): TemplateFunction {
  return environment.tests.get(name) ?? unknown('test', name)
}

function unknown(kind: string, name: string): TemplateFunction {
  return () => {
    throw new TemplateRuntimeError(`No ${kind} named ${quote(name)} found.`)
  }
}
