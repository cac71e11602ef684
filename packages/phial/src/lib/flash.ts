import { requireRequestContext } from './context/current.ts'
import { tuple } from './json/python-values.ts'
import { messageFlashed } from './signals/app-signals.ts'
import { emitNow } from './signals/signal.ts'

/** Where flashed messages are kept in the session, as pairs of category and message. */
const KEY = '_flashes'

/**
 * Keeps a message for the next page that asks for messages, also after a redirect.
 *
 * ```ts
 * flash('Saved.', 'success')
 * return redirect(urlFor('index'))
 * ```
 *
 * @param category `message`, `error`, `info`, `warning`, or a word of your own.
 */
export function flash(message: unknown, category = 'message'): void {
  const { app, session } = requireRequestContext()
  const kept = session.get(KEY)
  session.set(KEY, [...(Array.isArray(kept) ? kept : []), tuple(category, message)])
  if (messageFlashed.hasReceivers) {
    emitNow(messageFlashed, app, { message, category }, (error) =>
      app.logger.exception('A receiver of message-flashed failed.', error),
    )
  }
}

export interface FlashedMessagesOptions {
  /** Give pairs of category and message. Default false: messages only. */
  withCategories?: boolean
  /** Only messages of these categories. Default: all. */
  categoryFilter?: readonly string[]
}

/** The messages of a request that has asked for them: they are taken from the session once and stay for the request. */
const taken = new WeakMap<object, readonly (readonly [category: string, message: unknown])[]>()

/**
 * The messages that were flashed, in that order. They leave the session with the first call; further calls in the same
 * request give the same.
 */
export function getFlashedMessages(
  options: FlashedMessagesOptions & { withCategories: true },
): [string, unknown][]
export function getFlashedMessages(options?: FlashedMessagesOptions): unknown[]
export function getFlashedMessages({
  withCategories = false,
  categoryFilter = [],
}: FlashedMessagesOptions = {}): unknown[] {
  const context = requireRequestContext()
  let messages = taken.get(context)
  if (messages === undefined) {
    const kept = context.session.has(KEY) ? context.session.pop(KEY) : []
    messages = Array.isArray(kept) ? (kept as [string, unknown][]) : []
    taken.set(context, messages)
  }
  const wanted =
    categoryFilter.length === 0
      ? messages
      : messages.filter(([category]) => categoryFilter.includes(category))
  return wanted.map(([category, message]) => (withCategories ? [category, message] : message))
}
