import type { EnvironmentView, EvalContextView } from '../runtime-interface.ts'

/** The settings that can change inside a template. Functions marked with `passEvalContext` get it. */
export class EvalContext implements EvalContextView {
  readonly environment: EnvironmentView
  /** Whether printed values are escaped here. */
  autoescape: boolean
  /** Whether `autoescape` was not known when the template was compiled. */
  volatile = false

  constructor(environment: EnvironmentView, autoescape: boolean) {
    this.environment = environment
    this.autoescape = autoescape
  }

  /** All settings as they are, for {@link revert}. */
  save(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this))
  }

  revert(saved: Record<string, unknown>): void {
    for (const key of Object.keys(this)) if (!Object.hasOwn(saved, key)) Reflect.deleteProperty(this, key)
    Object.assign(this, saved)
  }
}
