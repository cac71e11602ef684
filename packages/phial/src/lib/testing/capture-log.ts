import type { Phial } from '../app.ts'
import type { LogRecord } from '../logging.ts'

/** Takes the log of an application into a list, which fills as the application logs. Nothing is printed any more. */
export function captureLog(app: Phial): LogRecord[] {
  const records: LogRecord[] = []
  app.logger.handlers.length = 0
  app.logger.handlers.push((record) => records.push(record))
  return records
}
