import { isMarkup } from '@phial/markup/core'
import { SecurityError } from '../errors.ts'
import { indexValue } from '../values/number.ts'
import { growth } from './growth.ts'
import { sizeOf } from './limits.ts'

/**
 * Refuses operands whose result would be longer than a sandbox allows, before it is computed.
 *
 * @throws {SecurityError}
 */
export function refuseLongOperands(operator: string, left: unknown, right: unknown, limit: number): void {
  switch (operator) {
    case '*':
      refuseLongResult('*', repeated(left, right), limit)
      break
    case '%':
      if (typeof left === 'string' || isMarkup(left)) {
        const values = Array.isArray(right) ? right : [right]
        refuseLongResult('%', growth.methods.get('format')!(left, values, null), limit)
      }
      break
    case '**':
      if (typeof left === 'bigint' || typeof right === 'bigint' || isLargePower(left, right)) {
        throw new SecurityError('the power is larger than the sandbox allows')
      }
  }
}

/** @throws {SecurityError} if the length is above the limit. */
export function refuseLongResult(what: string, length: number, limit: number): void {
  if (length <= limit) return
  throw new SecurityError(
    `the result of '${what}' could be longer than the sandbox allows (${limit} characters or items)`,
  )
}

/** How long the repetition of text or a list is; 0 for numbers. */
function repeated(left: unknown, right: unknown): number {
  const [sequence, times] = isSequence(left) ? [left, right] : [right, left]
  if (!isSequence(sequence)) return 0
  const count = indexValue(times)
  return count === undefined || count <= 0 ? 0 : sizeOf(sequence) * Number(count)
}

function isSequence(value: unknown): boolean {
  return typeof value === 'string' || Array.isArray(value) || isMarkup(value) || value instanceof Uint8Array
}

/** As many bits as integers may have in a sandbox. */
const MAX_BITS = 65_536

function isLargePower(left: unknown, right: unknown): boolean {
  if (!Number.isSafeInteger(left) || !Number.isSafeInteger(right)) return false
  return Math.log2(Math.max(2, Math.abs(left as number))) * (right as number) > MAX_BITS
}
