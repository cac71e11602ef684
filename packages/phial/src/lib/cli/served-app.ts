import type { Phial } from '../app.ts'

/** Anything that answers requests: an application of Phial, or what another framework or a middleware makes. */
export interface ServedApp {
  fetch(request: never, env?: unknown, context?: unknown): unknown
  readonly hasWebSockets?: boolean
  startup?(): unknown
  shutdown?(): unknown
}

/** Whether a value answers requests. */
export function isServedApp(value: unknown): value is ServedApp {
  return (
    typeof value === 'object' && value !== null && typeof (value as Partial<ServedApp>).fetch === 'function'
  )
}

/**
 * Whether a value is an application of Phial. It goes by what the value has, since the project may have another copy
 * of the framework than the command.
 */
export function isPhial(value: unknown): value is Phial {
  if (!isServedApp(value)) return false
  const app = value as Partial<Record<keyof Phial, unknown>>
  return typeof app.urlMap === 'object' && typeof app.config === 'object' && typeof app.name === 'string'
}
