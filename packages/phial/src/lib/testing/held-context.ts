import type { Phial } from '../app.ts'
import { Context } from '../context/context.ts'

/** A context that shows the globals another one, which may have ended; nothing before {@link hold}. */
export class HeldContext extends Context {
  constructor(app: Phial) {
    super(app)
    this.slot.context = null
  }

  hold(context: Context): void {
    this.slot.context = context
  }
}
