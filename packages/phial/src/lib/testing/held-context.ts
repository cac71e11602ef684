import type { Phial } from '../app.ts'
import { Context } from '../context/context.ts'

/** A context that shows the globals another one, which may have ended. */
export class HeldContext extends Context {
  constructor(app: Phial) {
    super(app)
    this.hold(null)
  }

  /** Lets the globals see a context from now on; null for nothing. */
  hold(context: Context | null): void {
    this.slot.context = context
  }
}
