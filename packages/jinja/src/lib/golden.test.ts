import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as runtime from '../runtime.ts'
import { precompile } from './ahead/precompile.ts'
import { Environment } from './environment.ts'
import type { EnvironmentOptions } from './environment-options.ts'
import { reportOf } from './error-report.ts'
import { placesOf } from './errors.ts'
import { installNullTranslations } from './extensions/gettext.ts'
import { DictLoader } from './loaders/dict-loader.ts'
import type { Loader } from './loaders/loader.ts'
import { NativeEnvironment } from './native/native-environment.ts'
import {
  ImmutableSandboxedEnvironment,
  SandboxedEnvironment,
  type SandboxOptions,
} from './sandbox/sandboxed-environment.ts'
import { repr } from './values/python-text.ts'
import { ChainableUndefined, DebugUndefined, StrictUndefined } from './values/undefined.ts'

/*
 * Each file of the folder `test/golden` holds templates and what they give: settings as JSON, then parts that begin with
 * `--- name`. The first template is rendered; the last part is `--- output`, or `--- error` with the whole report.
 * Generated code, closures and modules that were compiled ahead must all give it.
 *
 * After a change on purpose: `npx vitest run packages/jinja/src/lib/golden.test.ts -u`, and read what changed.
 */

interface Settings {
  /** `sandbox`, `immutable` or `native`. Default: a plain environment. */
  readonly environment?: 'sandbox' | 'immutable' | 'native'
  /** Options that JSON can hold. `undefined` is the name of a class. */
  readonly options?: Readonly<Record<string, unknown>>
  readonly variables?: Readonly<Record<string, unknown>>
  /** Rendered by `renderAsync`, with all variables as promises. */
  readonly async?: boolean
}

interface Golden {
  readonly head: string
  readonly settings: Settings
  readonly templates: Readonly<Record<string, string>>
  readonly main: string
}

const folder = fileURLToPath(new URL('../../test/golden/', import.meta.url))
const undefinedClasses = { ChainableUndefined, DebugUndefined, StrictUndefined }

function read(file: string): Golden {
  const [head, ...parts] = readFileSync(folder + file, 'utf8').split(/^--- /m) as [string, ...string[]]
  const templates: Record<string, string> = {}
  for (const part of parts) {
    const end = part.indexOf('\n')
    const name = part.slice(0, end)
    if (name !== 'output' && name !== 'error') templates[name] = part.slice(end + 1)
  }
  return { head, settings: JSON.parse(head || '{}') as Settings, templates, main: Object.keys(templates)[0]! }
}

type Way = 'code' | 'closures' | 'modules'

function environmentFor({ settings, templates }: Golden, way: Way): Environment {
  const { undefined: className, ...options } = settings.options ?? {}
  const all: EnvironmentOptions & SandboxOptions = {
    ...options,
    backend: way === 'closures' ? 'closures' : 'code',
    loader: new DictLoader(templates),
  }
  if (className !== undefined) all.undefined = undefinedClasses[className as keyof typeof undefinedClasses]
  const environment = new (
    {
      plain: Environment,
      native: NativeEnvironment,
      sandbox: SandboxedEnvironment,
      immutable: ImmutableSandboxedEnvironment,
    } as const
  )[settings.environment ?? 'plain'](all)
  if (environment.extensions.has('jinja2.ext.InternationalizationExtension')) {
    installNullTranslations(environment)
  }
  if (way === 'modules') environment.loader = moduleLoader(environment, templates)
  return environment
}

/** Gives modules of templates, compiled when they are first asked for. */
function moduleLoader(environment: Environment, templates: Readonly<Record<string, string>>): Loader {
  return {
    getSource: () => null,
    getCompiled(name) {
      const source = templates[name]
      if (source === undefined) return null
      const [file] = precompile(environment, [{ name, source }])
      return { filename: null, module: evaluateModule(file!.code) }
    },
  }
}

/** What a module exports. It gets the runtime of the sources, which an import would not find. */
function evaluateModule(code: string): object {
  const body = code
    .replace(/^import \{(.*)\} from "@phial\/jinja\/runtime";/, 'const {$1} = runtime;')
    .replaceAll(/^export const (\w+) =/gm, 'exports.$1 =')
  const exports = {}
  // biome-ignore lint/security/noGlobalEval: it is a module that was compiled here
  const evaluate = globalThis.eval
  ;(evaluate(`(function (runtime, exports) { ${body}\n})`) as (...args: object[]) => void)(runtime, exports)
  return exports
}

/** `output` and the text, or `error` and its report. */
async function outcome(golden: Golden, way: Way): Promise<string> {
  const { settings, main } = golden
  try {
    const template = await environmentFor(golden, way).getTemplate(main)
    const variables = settings.variables ?? {}
    const result: unknown = settings.async
      ? await template.renderAsync(promised(variables))
      : template.render(variables)
    return `output\n${typeof result === 'string' ? result : repr(result)}\n`
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return `error\n${reportOf(error, placesOf(error))}\n`
  }
}

function promised(variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, Promise.resolve(value)]))
}

/** Modules have no source, so no excerpt, and know fewer names for hints. */
function withoutExcerpt(text: string): string {
  const [first, ...lines] = text.split('\n')
  if (first !== 'error') return text
  return [lines[0], ...lines.filter((line) => line.startsWith('    at '))].join('\n')
}

const files = readdirSync(folder).filter((file) => file.endsWith('.jinja'))

describe.each(files)('%s', (file) => {
  const golden = read(file)
  const parts = Object.entries(golden.templates).map(([name, source]) => `--- ${name}\n${source}`)
  const before = golden.head + parts.join('')

  test('generated code gives what the file says', async () => {
    await expect(`${before}--- ${await outcome(golden, 'code')}`).toMatchFileSnapshot(folder + file)
  })

  test('closures give the same', async () => {
    expect(await outcome(golden, 'closures')).toBe(await outcome(golden, 'code'))
  })

  test('modules give the same', async () => {
    expect(withoutExcerpt(await outcome(golden, 'modules'))).toBe(
      withoutExcerpt(await outcome(golden, 'code')),
    )
  })
})

test('there are golden files', () => {
  expect(files.length).toBeGreaterThan(60)
})
