import { BadRequest, RequestEntityTooLarge } from '../exceptions/client-errors.ts'
import { MultipartError } from './multipart-error.ts'

/** An error of the multipart decoder as the error that answers the request; all others as they are. */
export function toHttpError(error: unknown): unknown {
  if (!(error instanceof MultipartError)) return error
  if (error.kind === 'too-large') return new RequestEntityTooLarge(undefined, { cause: error })
  return new BadRequest(error.message, { cause: error })
}

/** @throws RequestEntityTooLarge if `size` is over `limit`; null stands for no limit. */
export function assertSize(size: number, limit: number | null): void {
  if (limit !== null && size > limit) throw new RequestEntityTooLarge()
}
