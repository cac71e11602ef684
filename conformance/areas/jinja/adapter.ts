import * as engine from '@phial/jinja'
import type { TemplateMode } from '../../lib/area.ts'
import { shorten } from '../../lib/compare.ts'
import type { TemplateOutcome } from '../../lib/jinja-areas.ts'
import type { Json, JsonObject } from '../../lib/values.ts'
import { makeEnvironment } from './environment.ts'
import { compiledLoader, compiledTemplate, runtimeUrl } from './modules.ts'
import { decodeValue, encodeValue } from './values.ts'

/** The ways of running a template that are there. */
export const modes: ReadonlyMap<TemplateMode, { readonly isDefault: boolean }> = new Map([
  ['generated', { isDefault: true }],
  ['closures', { isDefault: true }],
  ...(runtimeUrl === null ? [] : [['modules', { isDefault: false }] as const]),
  ['web', { isDefault: false }],
])

const MODE_OPTIONS: Readonly<Record<TemplateMode, engine.EnvironmentOptions>> = {
  generated: { backend: 'code' },
  closures: { backend: 'closures' },
  modules: { backend: 'code' },
  web: {},
}

/** Runs a case and compares its output, value or error. */
export async function check(test: JsonObject, mode: TemplateMode): Promise<TemplateOutcome> {
  const expected = test['expected'] as JsonObject
  let got: JsonObject
  let error: unknown
  try {
    got = await run(test, mode)
  } catch (thrown) {
    error = thrown
    got = { error: describe(thrown) }
  }
  const wanted = expected['error'] as JsonObject | undefined
  if (wanted === undefined) {
    const difference = compareResults(expected, got, error)
    return difference === null ? { difference } : { difference, expected, got }
  }
  const raised = got['error'] as JsonObject | undefined
  if (raised === undefined) return { difference: `expected the error ${shorten(wanted)}`, expected, got }
  const difference = compareErrors(wanted, raised)
  const isEqual = wanted['message'] === raised['message']
  const message = { isOwn: OWN_CLASSES.has(wanted['class'] as string), isEqual }
  return { difference, expected, got, ...(difference === null ? { message } : {}) }
}

async function run(test: JsonObject, mode: TemplateMode): Promise<JsonObject> {
  const env = (test['env'] ?? {}) as JsonObject
  const environment = makeEnvironment(
    env,
    test['templates'] as JsonObject | undefined,
    MODE_OPTIONS[mode],
    mode === 'web',
  )
  const decode = (values: Json | undefined): Record<string, unknown> =>
    decodeValue(values ?? {}, (name) => environment.makeUndefined(null, engine.MISSING, name)) as Record<
      string,
      unknown
    >
  const context = decode(test['context'])
  if (test['expression'] !== undefined) {
    const undefinedToNone = test['undefined_to_none'] as boolean
    const evaluate = environment.compileExpression(test['expression'] as string, { undefinedToNone })
    return { value: encodeValue(evaluate(context)) }
  }
  const template = await templateOf(test, environment, decode(test['template_globals']), mode)
  const result: unknown =
    env['enable_async'] === true ? await template.renderAsync(context) : template.render(context)
  return env['class'] === 'NativeEnvironment'
    ? { value: encodeValue(result) }
    : { output: encodeValue(result) }
}

async function templateOf(
  test: JsonObject,
  environment: engine.Environment,
  globals: Record<string, unknown>,
  mode: TemplateMode,
): Promise<engine.Template> {
  if (mode === 'modules' && environment.loader !== null) {
    environment.loader = await compiledLoader(environment, test['templates'] as JsonObject)
  }
  if (test['template'] !== undefined) return environment.getTemplate(test['template'] as string, { globals })
  const source = test['source'] as string
  return mode === 'modules'
    ? compiledTemplate(environment, source, globals)
    : environment.fromString(source, { globals })
}

function compareResults(expected: JsonObject, got: JsonObject, error: unknown): string | null {
  if (got['error'] !== undefined) {
    const stack =
      error instanceof Error ? ` at ${error.stack?.split('\n    at ').slice(1, 4).join(' < ')}` : ''
    return `got the error ${shorten(got['error'])}${stack}`
  }
  const member = 'output' in expected ? 'output' : 'value'
  return isEqual(expected[member]!, got[member]!) ? null : `the ${member} differs`
}

/** Whether two encoded values are equal. The order of keys does not count. */
function isEqual(left: Json, right: Json | undefined): boolean {
  if (typeof left !== 'object' || left === null) return left === right
  if (typeof right !== 'object' || right === null || Array.isArray(left) !== Array.isArray(right))
    return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every(
      (key) => Object.hasOwn(right, key) && isEqual((left as JsonObject)[key]!, (right as JsonObject)[key]),
    )
  )
}

/** The classes of the template engine. The texts of all others are those of Python. */
const OWN_CLASSES: ReadonlySet<string> = new Set([
  'FilterArgumentError',
  'SecurityError',
  'TemplateAssertionError',
  'TemplateError',
  'TemplateNotFound',
  'TemplateRuntimeError',
  'TemplateSyntaxError',
  'TemplatesNotFound',
  'UndefinedError',
])

function describe(error: unknown): JsonObject {
  if (!(error instanceof Error)) return { class: 'unknown', message: String(error), lineno: null }
  const lineno =
    error instanceof engine.TemplateSyntaxError
      ? error.lineno
      : (engine.templatePlaceOf(error)?.lineno ?? null)
  return { class: error.name, message: error.message, lineno }
}

function compareErrors(expected: JsonObject, got: JsonObject): string | null {
  if (expected['class'] !== got['class']) {
    return `expected ${expected['class']} (${expected['message']}), got ${got['class']} (${got['message']})`
  }
  if (expected['lineno'] === null || expected['lineno'] === got['lineno']) return null
  return `expected the error on line ${expected['lineno']}, got line ${got['lineno']}`
}
