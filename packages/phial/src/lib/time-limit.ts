import { ServiceUnavailable } from '@phial/http/exceptions'
import { durationSeconds } from './duration.ts'
import type { Middleware } from './middleware.ts'
import { LATE, within } from './timer.ts'

/**
 * Answers 503 where a view takes longer. The view itself goes on, since nothing can stop JavaScript, but its answer is
 * dropped.
 *
 * ```ts
 * app.use(timeLimit('10s'))
 * app.get('/report', { middleware: [timeLimit('1m')] }, report)
 * ```
 *
 * @param limit seconds, or text as in `'10s'`.
 */
export function timeLimit(limit: number | string): Middleware {
  const seconds = durationSeconds(limit, 'The time limit')
  return async function timeLimit({ app, request }, next) {
    const view = next()
    const response = await within(seconds, view)
    if (response !== LATE) return response
    // Nobody waits for the view any more, so its failure is no news.
    view.catch(() => undefined)
    app.logger.warning('%s %s took longer than %d s.', request.method, request.path, seconds)
    throw new ServiceUnavailable('The server took too long to answer.')
  }
}
