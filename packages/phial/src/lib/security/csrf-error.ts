import { Forbidden } from '@phial/http/exceptions'

/** A request that another site may have made a visitor send; see `protectFromCsrf`. A 403. */
export class CsrfError extends Forbidden {
  override readonly name: string = 'CsrfError'

  constructor(reason: string) {
    super(`${reason} Load the page again, and send the form from there.`)
  }
}
