import { currentContext } from '../context/current.ts'
import { JsonProvider } from './provider.ts'

const fallback = new JsonProvider()

/**
 * JSON as the current application reads and writes it, for code that does not have the application at hand; outside of a
 * context, as an application does that was told nothing.
 *
 * ```ts
 * json.dumps({ at: new Date(0) }) // '{"at":"1970-01-01T00:00:00.000Z"}'
 * ```
 */
export const json: {
  /** A value as JSON text; see `JsonProvider.dumps`. */
  dumps(value: unknown, indent?: number): string
  /** A value from JSON text; see `JsonProvider.loads`. */
  loads(text: string): unknown
} = {
  dumps: (value, indent) => provider().dumps(value, indent),
  loads: (text) => provider().loads(text),
}

function provider(): JsonProvider {
  return currentContext()?.app.json ?? fallback
}
