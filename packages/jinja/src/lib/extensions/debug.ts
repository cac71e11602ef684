import { pretty } from '../filters/pretty.ts'
import type { ContextView } from '../runtime-interface.ts'
import type { Statement } from '../syntax/ast.ts'
import type { Parser } from '../syntax/parser.ts'
import { type Dict, dictOf } from '../values/dict.ts'
import { isMapping, mappingItems } from '../values/mapping.ts'
import { repr } from '../values/python-text.ts'
import { Tuple, tupleOf } from '../values/tuple.ts'
import { Extension } from './extension.ts'

const WIDTH = 80

/** What the tag asks of the context. */
interface DebuggedContext extends ContextView {
  getAll(): ReadonlyMap<string, unknown>
}

/** `{% debug %}`: the variables, filters and tests that a template can use. */
export class DebugExtension extends Extension {
  static readonly identifier: string = 'jinja2.ext.DebugExtension'

  override readonly tags: ReadonlySet<string> = new Set(['debug'])

  override parse(parser: Parser): Statement {
    const { line, column } = parser.stream.next()
    const context = { kind: 'ContextReference', line, column } as const
    const call = this.callMethod('render', { args: [context] }, { line, column })
    return { kind: 'Output', line, column, nodes: [call] }
  }

  /** What the tag prints: a dict of `context`, `filters` and `tests`, as Python's `pprint` would. */
  render(context: DebuggedContext): string {
    const variables = Array.from(context.getAll()).flatMap(([name, value]) => [name, shallow(value, 1)])
    return `{${[
      labelled('context', pretty(dictOf(variables))),
      labelled('filters', nameList(this.environment.filters.keys())),
      labelled('tests', nameList(this.environment.tests.keys())),
    ].join(',\n ')}}`
  }
}

function labelled(label: string, text: string): string {
  const start = `'${label}': `
  return start + text.replaceAll('\n', `\n${' '.repeat(start.length + 1)}`)
}

/** Names in lines of about 80 characters. */
function nameList(names: Iterable<string>): string {
  const lines: string[] = []
  let line = ''
  for (const name of Array.from(names, (each) => repr(each)).sort()) {
    if (line !== '' && line.length + name.length + 16 > WIDTH) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? name : `, ${name}`
  }
  if (line !== '') lines.push(line)
  return `[${lines.join(',\n ')}]`
}

/** The value, with dots for the containers that lie deeper than a number of levels. */
function shallow(value: unknown, levels: number): unknown {
  if (Array.isArray(value)) {
    if (levels === 0) return new Omitted(value instanceof Tuple ? '(...)' : '[...]')
    const items = value.map((item) => shallow(item, levels - 1))
    return value instanceof Tuple ? tupleOf(items) : items
  }
  if (value instanceof Set || !isMapping(value)) return value
  if (levels === 0) return new Omitted('{...}')
  return shallowDict(mappingItems(value), levels)
}

function shallowDict(items: readonly (readonly unknown[])[], levels: number): Dict {
  return dictOf(Array.from(items).flatMap(([key, item]) => [key, shallow(item, levels - 1)]))
}

/** Stands for what is not shown. */
class Omitted {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  __repr__(): string {
    return this.#text
  }
}
