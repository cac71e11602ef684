import { Context } from '../context/context.ts'

/** A context that shows the globals another one, which may have ended. */
export class HeldContext extends Context {
  /** What the globals see; null for nothing. */
  held: Context | null = null

  override get current(): Context | null {
    return this.held
  }
}
