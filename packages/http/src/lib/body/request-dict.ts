import { ImmutableMultiDict } from '../collections/multi-dict.ts'
import { BadRequestKeyError } from '../exceptions/client-errors.ts'

/** What a client sent: a value that a view requires and that is missing is the client's mistake (400). */
export class RequestDict<Value = string> extends ImmutableMultiDict<Value> {
  /** The error for a key that is required and absent. */
  protected override missing(key: string): BadRequestKeyError {
    return new BadRequestKeyError(key)
  }
}
