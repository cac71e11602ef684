import { ValueError } from '../python-errors.ts'
import { textArgument } from './arguments.ts'
import type { MethodTable } from './method.ts'
import { keywordMethod, method } from './method.ts'

/** Methods of `bytes`. */
export const bytesMethods: MethodTable = new Map([
  keywordMethod('decode', 'encoding?, errors?', (self: Uint8Array, encoding = 'utf-8', errors = 'strict') =>
    decode(self, encoding, errors !== 'strict'),
  ),
  method('hex', '', (self: Uint8Array) => {
    let hex = ''
    for (const byte of self) hex += byte.toString(16).padStart(2, '0')
    return hex
  }),
])

function decode(bytes: Uint8Array, encoding: unknown, isLenient: boolean): string {
  const name = textArgument(encoding, (type) => `decode() argument 'encoding' must be str, not ${type}`)
  switch (name.toLowerCase().replaceAll('_', '-')) {
    case 'utf-8':
    case 'utf8':
    case 'ascii':
      try {
        return new TextDecoder('utf-8', { fatal: !isLenient, ignoreBOM: true }).decode(bytes)
      } catch {
        throw new ValueError("'utf-8' codec can't decode the bytes")
      }
    case 'latin-1':
    case 'latin1':
    case 'iso-8859-1': {
      let text = ''
      for (const byte of bytes) text += String.fromCharCode(byte)
      return text
    }
    default:
      throw new ValueError(`unknown encoding: ${name}. Expected utf-8, ascii or latin-1`)
  }
}
