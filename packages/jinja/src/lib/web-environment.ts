import type { BuiltIns } from './built-ins.ts'
import { filterGroups } from './filters/table.ts'
import { globalFunctions } from './globals.ts'
import { testGroups } from './is-tests/table.ts'
import { lipsumFunctions } from './lipsum.ts'
import type { SourceOptions } from './source-environment.ts'
import { SourceEnvironment } from './source-environment.ts'
import { allMethods } from './values/methods/all.ts'
import { dictMethods } from './values/methods/dict.ts'
import { listMethods } from './values/methods/list.ts'

export interface WebOptions<Globals extends object = Record<string, unknown>> extends SourceOptions<Globals> {
  /** What templates have beside Jinja's filters, tests and globals: `pythonMethods`, `lipsum`. Default: none. */
  builtIns?: readonly Partial<BuiltIns>[]
}

/** All of Jinja but for what few pages need. */
const webBuiltIns: BuiltIns = {
  filters: Object.values(filterGroups).flat(),
  tests: Object.values(testGroups).flat(),
  globals: globalFunctions,
  methods: { dict: dictMethods, list: listMethods },
}

/** The methods of all Python types: `name.upper()`, `'{:.2f}'.format(x)`, `date.year`. */
export const pythonMethods: Partial<BuiltIns> = { methods: allMethods }

/** The function `lipsum()`. */
export const lipsum: Partial<BuiltIns> = { globals: lipsumFunctions }

/**
 * An environment for pages and Workers that compile templates themselves: two thirds of the size of `Environment`.
 * Templates become closures, so that it works where code must not be generated. It has the language whole, all filters
 * and tests of Jinja, its globals but `lipsum`, and the methods of dicts and lists; everything else is given to it.
 *
 * ```ts
 * import { DictLoader, pythonMethods, WebEnvironment } from '@phial/jinja/web'
 *
 * const loader = new DictLoader({ 'hi.html': 'Hi {{ name.title() }}!' })
 * const environment = new WebEnvironment({ loader, autoescape: true, builtIns: [pythonMethods] })
 * environment.getTemplateSync('hi.html').render({ name: 'ann' }) // Hi Ann!
 * ```
 */
export class WebEnvironment<
  Globals extends object = Record<string, unknown>,
> extends SourceEnvironment<Globals> {
  constructor(options: WebOptions<Globals> = {}) {
    super(options, [webBuiltIns, ...(options.builtIns ?? [])])
  }
}
