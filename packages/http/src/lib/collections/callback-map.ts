/** A `Map` that calls back after each change, so that what it was read from can be brought up to date. */
export class CallbackMap<Value> extends Map<string, Value> {
  readonly #onUpdate: (() => void) | null

  constructor(
    entries: Iterable<readonly [string, Value]> | null = null,
    onUpdate: (() => void) | null = null,
  ) {
    super()
    if (entries !== null) for (const [key, value] of entries) super.set(key, value)
    this.#onUpdate = onUpdate
  }

  override set(key: string, value: Value): this {
    super.set(key, value)
    this.#onUpdate?.()
    return this
  }

  override delete(key: string): boolean {
    const deleted = super.delete(key)
    if (deleted) this.#onUpdate?.()
    return deleted
  }

  override clear(): void {
    super.clear()
    this.#onUpdate?.()
  }
}
