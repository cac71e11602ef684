import { FlaskJsonProvider, Phial } from 'phial'
import { type Adapter, PlainDate, Uuid } from '../../lib/values.ts'

export const functions: Record<string, Adapter> = {
  flask_json_dumps: ({ value }) => new FlaskJsonProvider().dumps(toJs(value)),
  flask_jsonify: async ({ args = [], debug = false, sort_keys = true }) => {
    const provider = new FlaskJsonProvider()
    provider.sortKeys = sort_keys as boolean
    const app = new Phial('conformance', { jsonProvider: provider, config: { DEBUG: debug as boolean } })
    const given = (args as unknown[]).map(toJs)
    // One value stands for itself, several are a list, none is null.
    const response = app.jsonResponse(given.length > 1 ? given : (given[0] ?? null))
    return { mimetype: response.mimetype, body: await response.text() }
  },
}

/** A recorded value with what JavaScript has for it. */
function toJs(value: unknown): unknown {
  if (value instanceof PlainDate) return value.toDate()
  if (value instanceof Uuid) return String(value)
  if (Array.isArray(value)) return value.map(toJs)
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJs(item)]))
  }
  return value
}
