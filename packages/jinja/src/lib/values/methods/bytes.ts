import { decode, encodingArgument, errorsArgument } from './encoding.ts'
import type { MethodTable } from './method.ts'
import { keywordMethod, method } from './method.ts'

/** Methods of `bytes`. */
export const bytesMethods: MethodTable = new Map([
  keywordMethod('decode', 'encoding?, errors?', (self: Uint8Array, encoding = 'utf-8', errors = 'strict') =>
    decode(self, encodingArgument(encoding, 'decode'), errorsArgument(errors, 'decode')),
  ),
  method('hex', '', (self: Uint8Array) => {
    let hex = ''
    for (const byte of self) hex += byte.toString(16).padStart(2, '0')
    return hex
  }),
])
