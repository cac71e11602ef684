import type { TemplateFunction } from './runtime-interface.ts'
import { Dict } from './values/dict.ts'
import type { Kwargs } from './values/kwargs.ts'
import { indexArgument } from './values/methods/arguments.ts'
import { Namespace } from './values/namespace.ts'
import { RuntimeError } from './values/python-errors.ts'
import { IntRange } from './values/range.ts'
import { signed } from './values/signature.ts'
import { tupleOf } from './values/tuple.ts'
import { updateMapping } from './values/update-mapping.ts'

/** These functions are classes in Python, and print as such. */
function printedAs(name: string, fn: TemplateFunction): TemplateFunction {
  return Object.assign(fn, { __repr__: () => `<class '${name}'>` })
}

const range = signed('range(*, /)', (args: readonly unknown[]): IntRange => {
  const count = args.length
  if (count === 0) throw new TypeError('range expected at least 1 argument, got 0')
  if (count > 3) throw new TypeError(`range expected at most 3 arguments, got ${count}`)
  const [first, second, step] = args.map(indexArgument) as [number, number?, number?]
  return second === undefined ? new IntRange(0, first) : new IntRange(first, second, step)
})

const dict = signed('dict(*, **)', dictFrom)

function dictFrom(args: readonly unknown[], kwargs: Kwargs): Dict {
  if (args.length > 1) throw new TypeError(`dict expected at most 1 argument, got ${args.length}`)
  const made = new Dict()
  if (args.length === 1) updateMapping(made, args[0])
  for (const [name, value] of kwargs) made.set(name, value)
  return made
}

const namespace = signed(
  'namespace(*, **)',
  (args: readonly unknown[], kwargs: Kwargs) => new Namespace(dictFrom(args, kwargs)),
)

/** Goes through its items, one at each `next()`, and starts again. */
class Cycler {
  readonly #items: readonly unknown[]
  #position = 0

  constructor(items: readonly unknown[]) {
    this.#items = items
  }

  __getattr__(name: string): unknown {
    switch (name) {
      case 'current':
        return this.#items[this.#position]
      case 'pos':
        return this.#position
      case 'items':
        return this.#items
      case 'next':
        return this.#next
      case 'reset':
        return this.#reset
      default:
        return undefined
    }
  }

  readonly #next: TemplateFunction = signed('next()', () => {
    const item = this.#items[this.#position]
    this.#position = (this.#position + 1) % this.#items.length
    return item
  })

  readonly #reset: TemplateFunction = signed('reset()', () => {
    this.#position = 0
    return null
  })

  __type_name__(): string {
    return 'jinja2.utils.Cycler'
  }
}

const cycler = signed('Cycler.__init__(*)', (args: readonly unknown[]) => {
  if (args.length === 0) throw new RuntimeError('at least one item has to be provided')
  return new Cycler(tupleOf(args))
})

/** Gives its separator at each call but the first. */
class Joiner {
  readonly #separator: unknown
  #isUsed = false

  constructor(separator: unknown) {
    this.#separator = separator
  }

  __getattr__(name: string): unknown {
    if (name === 'sep') return this.#separator
    return name === 'used' ? this.#isUsed : undefined
  }

  __call__(): unknown {
    if (this.#isUsed) return this.#separator
    this.#isUsed = true
    return ''
  }

  __type_name__(): string {
    return 'jinja2.utils.Joiner'
  }
}

const joiner = signed('Joiner.__init__(sep?)', (separator: unknown = ', ') => new Joiner(separator))

/** The functions that templates have from the start, but for `lipsum`. */
export const globalFunctions: readonly (readonly [name: string, value: unknown])[] = [
  ['range', printedAs('range', range)],
  ['dict', printedAs('dict', dict)],
  ['cycler', printedAs('jinja2.utils.Cycler', cycler)],
  ['joiner', printedAs('jinja2.utils.Joiner', joiner)],
  ['namespace', printedAs('jinja2.utils.Namespace', namespace)],
]
