import type { Logger } from './logging.ts'

/** Keys of Flask that are gone there too, and what to do instead. */
const REMOVED: Readonly<Record<string, string>> = {
  ENV: 'Use DEBUG, or a key of your own.',
  JSON_AS_ASCII: 'Set ensureAscii of a FlaskJsonProvider.',
  JSON_SORT_KEYS: 'Set sortKeys of a FlaskJsonProvider.',
  JSONIFY_MIMETYPE: 'Set mimetype of the jsonProvider.',
  JSONIFY_PRETTYPRINT_REGULAR: 'Set indent of the jsonProvider.',
  PRESERVE_CONTEXT_ON_EXCEPTION: 'Use client.use(…) in tests.',
  SESSION_COOKIE_SAME_SITE: 'It is called SESSION_COOKIE_SAMESITE.',
}

/** Warns of keys that have no effect. */
export function warnOfRemovedKeys(app: { readonly config: object; readonly logger: Logger }): void {
  for (const [key, advice] of Object.entries(REMOVED)) {
    if (key in app.config) app.logger.warning('The configuration key %s has no effect. %s', key, advice)
  }
}
