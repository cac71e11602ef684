/** Called when a signal is sent: the sender first, then what the signal is about. */
export type Receiver<Sender, Payload> = (sender: Sender, payload: Payload) => unknown

export interface ConnectOptions<Sender> {
  /** Only what this object sends. Default: whatever anybody sends. */
  sender?: Sender
  /**
   * Forget the receiver when nothing else holds it. Default false: a function that was written in place would be gone
   * at once.
   */
  weak?: boolean
}

interface Connection<Sender, Payload> {
  readonly sender: Sender | undefined
  receiver(): Receiver<Sender, Payload> | undefined
}

/**
 * Tells whoever wants to know that something has happened. Receivers run in the order in which they were connected.
 *
 * ```ts
 * requestFinished.connect((app, { response }) => metrics.count(response.status))
 * ```
 */
export class Signal<Payload = unknown, Sender extends object = object> {
  readonly name: string
  readonly doc: string | null
  // Replaced, never changed, so that sending goes on with those that were there.
  #connections: readonly Connection<Sender, Payload>[] = []
  #isMuted = false

  constructor(name: string, doc: string | null = null) {
    this.name = name
    this.doc = doc
  }

  /** Whether anybody listens. Where this is false, sending does nothing. */
  get hasReceivers(): boolean {
    return this.#connections.length > 0
  }

  /** Connects a receiver, and gives it back. Connected twice for one sender, it is called once. */
  connect<Given extends Receiver<Sender, Payload>>(
    receiver: Given,
    { sender, weak = false }: ConnectOptions<Sender> = {},
  ): Given {
    if (typeof receiver !== 'function') {
      throw new TypeError(`The receiver of a signal is a function, got ${String(receiver)}.`)
    }
    if (this.#find(receiver, sender) !== undefined) return receiver
    const reference = weak ? new WeakRef(receiver) : null
    this.#connections = [
      ...this.#connections,
      { sender, receiver: reference === null ? () => receiver : () => reference.deref() },
    ]
    return receiver
  }

  /** Takes a receiver back, as it was connected. */
  disconnect(receiver: Receiver<Sender, Payload>, { sender }: { sender?: Sender } = {}): void {
    const found = this.#find(receiver, sender)
    if (found !== undefined) this.#connections = this.#connections.filter((other) => other !== found)
  }

  /** Connects a receiver while `callback` runs; a promise that it returns is awaited. */
  connectedTo<Result>(
    receiver: Receiver<Sender, Payload>,
    callback: () => Result,
    options: ConnectOptions<Sender> = {},
  ): Result {
    this.connect(receiver, options)
    return finallyDo(callback, () => this.disconnect(receiver, options))
  }

  /** Sends nothing while `callback` runs; a promise that it returns is awaited. */
  muted<Result>(callback: () => Result): Result {
    const before = this.#isMuted
    this.#isMuted = true
    return finallyDo(callback, () => {
      this.#isMuted = before
    })
  }

  /** The receivers for what `sender` sends. */
  receiversFor(sender: Sender): Receiver<Sender, Payload>[] {
    const receivers: Receiver<Sender, Payload>[] = []
    let gone = false
    for (const connection of this.#connections) {
      if (connection.sender !== undefined && connection.sender !== sender) continue
      const receiver = connection.receiver()
      if (receiver === undefined) gone = true
      else if (!receivers.includes(receiver)) receivers.push(receiver)
    }
    if (gone)
      this.#connections = this.#connections.filter((connection) => connection.receiver() !== undefined)
    return receivers
  }

  hasReceiversFor(sender: Sender): boolean {
    return this.receiversFor(sender).length > 0
  }

  /**
   * Calls the receivers. What one throws is thrown on, and the rest is not called.
   *
   * @returns each receiver with what it returned; promises are not awaited, see {@link sendAsync}.
   */
  send(sender: Sender, payload: Payload): [receiver: Receiver<Sender, Payload>, value: unknown][] {
    if (this.#isMuted) return []
    return this.receiversFor(sender).map((receiver) => [receiver, receiver(sender, payload)])
  }

  /** Calls the receivers one after the other, each when the one before it is done. */
  async sendAsync(
    sender: Sender,
    payload: Payload,
  ): Promise<[receiver: Receiver<Sender, Payload>, value: unknown][]> {
    const answers: [Receiver<Sender, Payload>, unknown][] = []
    if (this.#isMuted) return answers
    for (const receiver of this.receiversFor(sender))
      answers.push([receiver, await receiver(sender, payload)])
    return answers
  }

  #find(
    receiver: Receiver<Sender, Payload>,
    sender: Sender | undefined,
  ): Connection<Sender, Payload> | undefined {
    return this.#connections.find((other) => other.sender === sender && other.receiver() === receiver)
  }
}

/** Signals by their names. */
export class Namespace {
  readonly #signals = new Map<string, Signal>()

  /** The signal of that name; it is made when it is first asked for. */
  signal<Payload = unknown, Sender extends object = object>(
    name: string,
    doc: string | null = null,
  ): Signal<Payload, Sender> {
    let signal = this.#signals.get(name)
    if (signal === undefined) {
      signal = new Signal(name, doc)
      this.#signals.set(name, signal)
    }
    return signal as unknown as Signal<Payload, Sender>
  }
}

/**
 * Sends a signal and waits for its receivers: a promise only if one of them returns one. For what happens at a fixed
 * place of a request.
 */
export function emit<Payload, Sender extends object>(
  signal: Signal<Payload, Sender>,
  sender: Sender,
  payload: Payload,
): void | Promise<void> {
  const pending = signal
    .send(sender, payload)
    .flatMap(([, value]) => (value instanceof Promise ? [value] : []))
  if (pending.length > 0) return Promise.all(pending).then(() => undefined)
}

function finallyDo<Result>(callback: () => Result, done: () => void): Result {
  let result: Result
  try {
    result = callback()
  } catch (error) {
    done()
    throw error
  }
  if (result instanceof Promise) return result.finally(done) as Result
  done()
  return result
}
