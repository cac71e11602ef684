type Listener = (...args: never[]) => void

/** Tells listeners what happens, and can be extended without `class`, as all of Nunjucks' classes. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>()

  on(event: string, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? []
    this.#listeners.set(event, [...listeners, listener])
    return this
  }

  once(event: string, listener: Listener): this {
    const once = (...args: never[]): void => {
      this.off(event, once)
      listener(...args)
    }
    return this.on(event, once)
  }

  off(event: string, listener: Listener): this {
    this.#listeners.set(
      event,
      (this.#listeners.get(event) ?? []).filter((each) => each !== listener),
    )
    return this
  }

  removeListener(event: string, listener: Listener): this {
    return this.off(event, listener)
  }

  emit(event: string, ...args: unknown[]): boolean {
    const listeners = this.#listeners.get(event) ?? []
    for (const listener of listeners) listener(...(args as never[]))
    return listeners.length > 0
  }
}
