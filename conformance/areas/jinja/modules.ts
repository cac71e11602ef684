import * as engine from '@phial/jinja'
import type { JsonObject } from '../../lib/values.ts'

/** Where modules of compiled templates find what they import; null if this version has no such entry. */
export const runtimeUrl: string | null = resolveRuntime()

function resolveRuntime(): string | null {
  try {
    return import.meta.resolve('@phial/jinja/runtime')
  } catch {
    return null
  }
}

/** What a template became: a module, or the error that compiling it raised. */
type Compiled = { readonly module: object } | { readonly error: unknown }

/** Compiles all templates ahead, and loads the modules. A template that cannot be compiled raises when it is loaded. */
export async function compiledLoader(
  environment: engine.Environment,
  templates: JsonObject,
): Promise<engine.Loader> {
  const compiled = new Map<string, Compiled>()
  for (const [name, source] of Object.entries(templates)) {
    compiled.set(name, await compileModule(environment, source as string, name))
  }
  return {
    getSource: () => null,
    getCompiled: (name) => {
      const result = compiled.get(name)
      return result === undefined ? null : { module: moduleOf(result), filename: null }
    },
    list: () => Array.from(compiled.keys()).sort(),
  }
}

/** A template without a name, from the module of its source. */
export async function compiledTemplate(
  environment: engine.Environment,
  source: string,
  globals: Readonly<Record<string, unknown>>,
): Promise<engine.Template> {
  const module = moduleOf(await compileModule(environment, source, null)) as Readonly<
    Record<string, engine.TemplateFactory>
  >
  return new engine.Template({
    environment,
    name: null,
    filename: null,
    source: null,
    globals: new Map(Object.entries(globals)),
    isUpToDate: null,
    compile: (mode, origin) => module[mode]!(environment, origin),
  })
}

async function compileModule(
  environment: engine.Environment,
  source: string,
  name: string | null,
): Promise<Compiled> {
  try {
    const code = environment.compile(source, name)
    // A module of this form finds others by their addresses only.
    const located = code.replace('"@phial/jinja/runtime"', JSON.stringify(runtimeUrl))
    return { module: (await import(`data:text/javascript,${encodeURIComponent(located)}`)) as object }
  } catch (error) {
    return { error }
  }
}

function moduleOf(compiled: Compiled): object {
  if ('error' in compiled) throw compiled.error
  return compiled.module
}
