import { NotFound } from '@phial/http'
import { dispatcher, type FetchApp } from '@phial/http/middleware'
import { InvalidArgumentError } from 'commander'
import type { ServedApp } from './served-app.ts'

/** Puts an application under a path; all other paths are not found. */
export function withPrefix(app: ServedApp, prefix: string): ServedApp {
  const elsewhere = (): ReturnType<FetchApp['fetch']> =>
    new NotFound(`This server has its application at ${prefix}.`).getResponse()
  return {
    fetch: dispatcher(elsewhere, { [prefix]: app as FetchApp }) as ServedApp['fetch'],
    hasWebSockets: app.hasWebSockets === true,
    startup: () => app.startup?.(),
    shutdown: () => app.shutdown?.(),
  }
}

/** A path as `--prefix` takes it, without the slash at its end. */
export function parsePrefix(text: string): string {
  const path = text.replace(/\/+$/, '')
  if (/^(?:\/[^/?#\s%]+)+$/.test(path)) return path
  throw new InvalidArgumentError("A prefix is a path that starts with a slash, as in '/shop'.")
}
