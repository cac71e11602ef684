import { parseJson } from '@phial/http'
import type { Response } from '../response.ts'

/** What a JSON response is made for. */
export interface JsonResponseOptions {
  readonly responseClass: typeof Response
  /** Development mode, in which JSON is written for people. */
  readonly debug: boolean
}

/** Turns values into JSON and back, for an application. Subclass it and pass `jsonProvider` to change how. */
export class JsonProvider {
  /** The content type of JSON responses. */
  mimetype = 'application/json'
  /** Spaces of indentation; 0 writes everything on one line. Default: 0, and 2 in debug mode. */
  indent: number | null = null

  /**
   * A value as JSON text. Dates are ISO 8601, a `Map` is an object, a `Set` and a typed array are arrays, a `bigint` is
   * a number of all its digits.
   *
   * @throws TypeError for a value that JSON cannot hold: undefined, a function, a symbol, a circle, or a promise.
   */
  dumps(value: unknown, indent: number | null = 0): string {
    return stringify(value, indent ?? 0)
  }

  /**
   * A value from JSON text.
   *
   * @throws SyntaxError if the text is no JSON, or nested deeper than 100 levels.
   */
  loads(text: string): unknown {
    return parseJson(text)
  }

  /** A JSON response, with a newline at the end. */
  response(value: unknown, options: JsonResponseOptions): Response {
    return new options.responseClass(`${this.dumpResponse(value, options)}\n`, { contentType: this.mimetype })
  }

  /** The text of a response. */
  protected dumpResponse(value: unknown, { debug }: JsonResponseOptions): string {
    return this.dumps(value, this.indent ?? (debug ? 2 : 0))
  }
}

function stringify(value: unknown, indent: number): string {
  let text: string | undefined
  try {
    // V8 is twice as fast where nothing is said of replacer and indentation, not even 0.
    text = indent === 0 ? JSON.stringify(value) : JSON.stringify(value, undefined, indent)
  } catch (error) {
    // JSON.stringify knows no bigint.
    if (!(error instanceof TypeError && /bigint/i.test(error.message))) throw error
    text = stringifyAll(value, indent)
  }
  if (text === undefined) {
    throw new TypeError(`JSON cannot hold ${typeof value === 'function' ? 'a function' : String(value)}.`)
  }
  return mayHoldCollections(text) ? stringifyAll(value, indent) : text
}

/**
 * Whether a value may hold maps and sets, which come out as `{}`, or typed arrays, which come out as `{"0":…}`. Looking for
 * that costs less than a replacer on every value. A search stops at each first character, and quotes are many.
 */
function mayHoldCollections(text: string): boolean {
  return text.includes('{}') || (text.includes('0":') && text.includes('"0":'))
}

function stringifyAll(value: unknown, indent: number): string {
  const digits: string[] = []
  // A bigint becomes a marked text first and bare digits at the end: no replacer can write a number that JSON.stringify
  // does not know. The mark is random enough that no text holds it.
  const mark = `bigint-${Math.random().toString(36).slice(2)}-`
  const text = JSON.stringify(
    value,
    (key, item: unknown) => {
      if (item instanceof Promise) {
        throw new TypeError(
          `JSON cannot hold a promise${key === '' ? '' : `, as at ${JSON.stringify(key)}`}. Await it before.`,
        )
      }
      if (item instanceof Map) return Object.fromEntries(item)
      if (item instanceof Set) return [...item]
      if (ArrayBuffer.isView(item) && !(item instanceof DataView)) return Array.from(item as Uint8Array)
      if (typeof item === 'bigint') return `${mark}${digits.push(String(item)) - 1}`
      return item
    },
    indent,
  )
  if (digits.length === 0) return text
  return text.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (_whole, index: string) => digits[Number(index)]!)
}
