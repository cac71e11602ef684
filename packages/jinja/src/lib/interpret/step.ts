import type { Frame } from './frame.ts'

/** Computes the value of an expression. In async templates it may give a promise of it. */
export type Expr = (frame: Frame) => unknown

/** What a statement that ends normally gives: nothing. */
export type Signal = undefined | typeof BREAK | typeof CONTINUE

/** The loop around ends. */
export const BREAK = 1
/** The loop around goes on with the next item. */
export const CONTINUE = 2

/** Runs a statement. In async templates it may give a promise. */
export interface Step {
  (frame: Frame): Signal | Promise<Signal>
  /** Runs it piece by piece, if it prints more than a little. */
  stream?: StreamStep
}

/**
 * What a statement yields when it is run piece by piece: a promise to be awaited, whose value it wants back; a
 * `Forwarded` of pieces that something else prints; or nothing, where what was printed so far may go out.
 */
export type StreamStep = (frame: Frame) => Generator<unknown, Signal, unknown>
