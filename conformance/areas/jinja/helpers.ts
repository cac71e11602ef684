import * as engine from '@phial/jinja'

type Kwargs = ReadonlyMap<string, unknown>

/** The recorded functions have a clock that stands. */
const RECORDED_TIME = new Date(Date.UTC(2024, 6, 26, 9, 8, 7))

/** Gives an environment a function or a filter that the recorded ones had, by its name in the case files. */
export function installHelper(environment: engine.Environment, helper: string): void {
  const [kind, name] = helper.split(':') as [string, string?]
  if (name !== undefined) {
    if (kind === 'identity_filter') environment.filters.set(name, (value: unknown) => value)
    else environment.globals.set(name, echoFunction(name))
    return
  }
  if (kind === 'hf_tojson') environment.filters.set('tojson', toJson)
  else environment.globals.set(kind, FUNCTIONS[kind])
}

const toJson = engine.withSignature(
  {
    name: 'tojson',
    parameters: ['x', 'ensure_ascii', 'indent', 'separators', 'sort_keys'],
    required: 1,
  },
  (value: unknown, ascii = false, indent = null, separators = null, sort = false) =>
    engine.dumpsJson(value, { ensure_ascii: ascii, indent, separators, sort_keys: sort }),
)

const FUNCTIONS: Readonly<Record<string, engine.TemplateFunction>> = {
  raise_exception: (message: unknown) => {
    throw new engine.TemplateError(engine.toText(message))
  },
  strftime_now: (format: string) => engine.formatDate(RECORDED_TIME, format),
  url_for: engine.withSignature(
    { name: 'url_for', parameters: ['endpoint'], required: 1, keywords: true },
    (endpoint: string, values: Kwargs) => {
      const query = sortedPairs(values).map(([key, value]) => `${quote(key)}=${quote(value)}`)
      return `/${endpoint.replaceAll('.', '/')}${query.length > 0 ? '?' : ''}${query.join('&')}`
    },
  ),
  get_flashed_messages: engine.withSignature(
    { name: 'get_flashed_messages', parameters: ['with_categories', 'category_filter'] },
    (withCategories = false) =>
      withCategories
        ? [engine.tupleOf(['info', 'Saved.']), engine.tupleOf(['error', 'Oh <no>!'])]
        : ['Saved.', 'Oh <no>!'],
  ),
}

function echoFunction(name: string): engine.TemplateFunction {
  return engine.withSignature(
    { name, parameters: [], varargs: true, keywords: true },
    (args: readonly unknown[], kwargs: Kwargs) => {
      const named = sortedPairs(kwargs).map(([key, value]) => `${key}=${value}`)
      return `${name}(${[...args.map(engine.toText), ...named].join(', ')})`
    },
  )
}

function sortedPairs(kwargs: Kwargs): [string, string][] {
  return Array.from(kwargs, ([key, value]): [string, string] => [key, engine.toText(value)]).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  )
}

function quote(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
