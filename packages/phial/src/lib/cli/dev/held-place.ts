/** Milliseconds between two signs of life of a thread. */
export const HEARTBEAT = 50

/** Milliseconds after which the event loop counts as held: people notice, and so do other requests. */
export const HELD = 200

/** A call that ran while the event loop was held. */
export interface HeldPlace {
  readonly name: string
  readonly url: string
  /** From 1: where it is, or where the function begins. */
  readonly line: number
}
