import type { Phial } from './app.ts'
import { reply } from './reply.ts'
import { LATE, within } from './timer.ts'

/** Whether a thing that the application needs is there; throws or gives false if not. */
export type HealthCheck = () => unknown | Promise<unknown>

export interface HealthOptions {
  /** What must work before requests are sent here, by name. Default: nothing. */
  checks?: Readonly<Record<string, HealthCheck>>
  /** The path that says that the process is alive. Default `/healthz`. */
  livePath?: string
  /** The path that says that it can work. Default `/readyz`. */
  readyPath?: string
  /** Seconds for each check. Default 5. */
  timeout?: number
}

/**
 * Adds two routes for whoever watches the application: `/healthz` answers as long as the process does, `/readyz` runs the
 * checks and answers 503 if one fails. Neither says why; the log does.
 *
 * ```ts
 * addHealthRoutes(app, { checks: { database: () => db.ping() } })
 * ```
 */
export function addHealthRoutes(app: Phial, options: HealthOptions = {}): void {
  const { checks = {}, livePath = '/healthz', readyPath = '/readyz', timeout = 5 } = options
  const headers = { 'Cache-Control': 'no-store' }

  app.get(livePath, { endpoint: 'healthz' }, () => reply({ status: 'ok' }, headers))
  app.get(readyPath, { endpoint: 'readyz' }, async () => {
    const results = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) => [name, await passes(app, name, check, timeout)] as const,
      ),
    )
    const isReady = results.every(([, passed]) => passed)
    const body = {
      status: isReady ? 'ok' : 'unavailable',
      checks: Object.fromEntries(results.map(([name, passed]) => [name, passed ? 'ok' : 'failed'])),
    }
    return reply(body, isReady ? 200 : 503, headers)
  })
}

async function passes(app: Phial, name: string, check: HealthCheck, timeout: number): Promise<boolean> {
  try {
    const result = await within(timeout, (async () => check())())
    if (result !== false && result !== LATE) return true
    app.logger.error(
      'The health check %s failed: %s.',
      name,
      result === LATE ? `no answer in ${timeout} s` : 'false',
    )
  } catch (error) {
    app.logger.exception(`The health check ${name} failed.`, error)
  }
  return false
}
