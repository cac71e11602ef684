import { httpDate } from '@phial/http/headers'
import { htmlSymbol } from '@phial/markup'
import { JsonProvider, type JsonResponseOptions } from './provider.ts'
import { dumpPythonJson } from './python-json.ts'

/**
 * JSON as Flask writes it, for clients that know an application from there: keys sorted, ASCII only, dates as in HTTP.
 *
 * ```ts
 * const app = new Phial(import.meta, { jsonProvider: new FlaskJsonProvider() })
 * ```
 */
export class FlaskJsonProvider extends JsonProvider {
  /** Keys by code point. Default true. */
  sortKeys = true
  /** Characters beyond ASCII as `\uXXXX`. Default true. */
  ensureAscii = true
  /** Whether responses have no blanks. Null: unless in debug mode, where they are indented by 2. Default null. */
  compact: boolean | null = null

  override dumps(value: unknown, indent: number | null = null): string {
    return this.#dump(value, indent === 0 ? null : indent, false)
  }

  protected override dumpResponse(value: unknown, { debug }: JsonResponseOptions): string {
    const compact = this.compact ?? !debug
    return compact ? this.#dump(value, null, true) : this.#dump(value, this.indent ?? 2, false)
  }

  #dump(value: unknown, indent: number | null, compact: boolean): string {
    const { sortKeys, ensureAscii } = this
    return dumpPythonJson(value, {
      indent,
      compact,
      sortKeys,
      ensureAscii,
      fallback: (item) => this.default(item),
    })
  }

  /**
   * A value that JSON does not know as one that it does. Override it for classes of your own.
   *
   * @throws TypeError for a value of which nothing can be made.
   */
  default(value: object): unknown {
    if (value instanceof Date) return httpDate(value)
    if ('__html__' in value && typeof value.__html__ === 'function') return String(value.__html__())
    if (htmlSymbol in value && typeof value[htmlSymbol] === 'function') return String(value[htmlSymbol]())
    if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
      return (value as { toJSON(): unknown }).toJSON()
    }
    if (Symbol.iterator in value || ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      throw new TypeError(`JSON cannot hold an object of class ${value.constructor?.name ?? 'Object'}.`)
    }
    // As a dataclass of Python.
    return { ...value }
  }
}
