import { contains, equals, isGreater, isGreaterOrEqual, isLess, isLessOrEqual, notEquals } from './compare.ts'
import { add, divide, floorDivide, modulo, multiply, negate, positive, power, subtract } from './operators.ts'

/* What operators of templates compute with, by their signs. */

export type BinaryFunction = (left: unknown, right: unknown) => unknown
export type UnaryFunction = (value: unknown) => unknown
export type Comparison = (left: unknown, right: unknown) => boolean

export const binaryOperators: Readonly<Record<'+' | '-' | '*' | '/' | '//' | '%' | '**', BinaryFunction>> = {
  '+': add,
  '-': subtract,
  '*': (left, right) => multiply(left, right),
  '/': divide,
  '//': floorDivide,
  '%': modulo,
  '**': power,
}

export const unaryOperators: Readonly<Record<'+' | '-', UnaryFunction>> = { '+': positive, '-': negate }

/** `item in container` */
export function isIn(item: unknown, container: unknown): boolean {
  return contains(container, item)
}

/** `item not in container` */
export function isNotIn(item: unknown, container: unknown): boolean {
  return !contains(container, item)
}

export const comparisons: Readonly<
  Record<'==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in', Comparison>
> = {
  '==': equals,
  '!=': notEquals,
  '<': isLess,
  '<=': isLessOrEqual,
  '>': isGreater,
  '>=': isGreaterOrEqual,
  in: isIn,
  'not in': isNotIn,
}
