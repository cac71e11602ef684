import { isMarkup } from '@phial/markup/core'
import { SecurityError } from '../errors.ts'
import type { Meter } from '../runtime-interface.ts'
import { IntRange } from '../values/range.ts'

/** What one rendering in a sandbox may use up. */
export interface SandboxLimits {
  /** Turns of loops, calls, and items of the lists that are made. Default: 10,000,000. */
  readonly steps: number
  /** UTF-16 code units of the output, of each text and of what is printed into variables. Default: 10,485,760. */
  readonly output: number
  /** Items of a `range`. Default: 100,000, as in Jinja. */
  readonly range: number
  /** The length up to which text and lists can be repeated or padded. Default: 1,048,576. */
  readonly length: number
  /** UTF-16 code units of the source of a template. Default: 1,048,576. */
  readonly source: number
}

export const defaultLimits: SandboxLimits = {
  steps: 10_000_000,
  output: 10 * 2 ** 20,
  range: 100_000,
  length: 2 ** 20,
  source: 2 ** 20,
}

/**
 * The limits with defaults for what is left out.
 *
 * @throws {RangeError} for what is no positive number: a wrong limit must not mean none.
 */
export function resolveLimits(limits: Partial<SandboxLimits> = {}): SandboxLimits {
  const resolved = { ...defaultLimits, ...limits }
  for (const [name, value] of Object.entries(resolved)) {
    if (typeof value === 'number' && value > 0) continue
    throw new RangeError(`the limit ${name} must be a number above 0, got ${String(value)}`)
  }
  return resolved
}

/** What is left of the limits of one rendering. */
export class Fuel implements Meter {
  readonly #limits: SandboxLimits
  #steps: number
  #output: number

  constructor(limits: SandboxLimits) {
    this.#limits = limits
    this.#steps = limits.steps
    this.#output = limits.output
  }

  step(): void {
    this.#steps -= 1
    if (this.#steps < 0) this.#outOfSteps()
  }

  print(length: number): void {
    this.#output -= length
    if (this.#output < 0) {
      throw new SecurityError(
        `the output is longer than the sandbox allows (${this.#limits.output} characters)`,
      )
    }
  }

  made<T>(value: T): T {
    // Text is made by the engine at once, items one by one.
    if (typeof value === 'string') this.#use(value.length, 1 + (value.length >> 6))
    else {
      const size = sizeOf(value)
      this.#use(size, 1 + size)
    }
    return value
  }

  #use(size: number, steps: number): void {
    if (size > this.#limits.output) {
      throw new SecurityError(
        `a value is longer than the sandbox allows (${size} of ${this.#limits.output} characters or items)`,
      )
    }
    this.#steps -= steps
    if (this.#steps < 0) this.#outOfSteps()
  }

  #outOfSteps(): never {
    throw new SecurityError(`the template takes more steps than the sandbox allows (${this.#limits.steps})`)
  }
}

/** The length of a value, as far as it is known without going through it. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value === 'bigint') return bytesOf(value)
  if (typeof value !== 'object' || value === null) return 0
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length
  if (value instanceof Map || value instanceof Set) return value.size
  if (value instanceof IntRange) return value.size()
  return isMarkup(value) ? value.toString().length : 0
}

/** Numbers beyond this take long to compute with: about 20,000 digits. */
const MAX_INT = 1n << 65_536n

function bytesOf(value: bigint): number {
  if (value > MAX_INT || value < -MAX_INT) {
    throw new SecurityError('an integer has more digits than the sandbox allows')
  }
  return 0
}
