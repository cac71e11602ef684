import { Environment } from '../environment.ts'
import { nativeConcat } from './native-concat.ts'

/**
 * An environment whose templates give values in place of text. A template that prints one value gives that value; what
 * prints several is put together as text, and read as a Python literal if it is one. Macros, blocks and `set` blocks do
 * the same. Nothing is escaped.
 *
 * `render()` gives the value, of whatever type: take it as `unknown`.
 *
 * ```ts
 * const value: unknown = new NativeEnvironment().fromString('{{ x + 1 }}').render({ x: 41 }) // 42
 * ```
 */
export class NativeEnvironment extends Environment {
  override get isNative(): boolean {
    return true
  }

  override concat(pieces: readonly unknown[]): unknown {
    return nativeConcat(pieces)
  }
}
