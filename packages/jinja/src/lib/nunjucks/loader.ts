import { Emitter } from './emitter.ts'
import type { Callback } from './waiting.ts'

/** A source that a loader has found. */
export interface LoaderSource {
  /** The source, or a precompiled template. */
  readonly src: string | { readonly type: 'code' | 'string'; readonly obj: unknown }
  /** What the template is called in errors: its file, in most cases. */
  readonly path: string
  /** Whether it is loaded anew each time. Default: false. */
  readonly noCache?: boolean
}

/** What can be a loader: any object with these members. */
export interface TemplateLoader {
  /** Whether {@link getSource} gets a callback. Default: false. */
  readonly async?: boolean
  /** The source of a name; `null` or nothing where it has none. A promise is awaited. */
  getSource(name: string, callback: Callback<LoaderSource | null>): unknown
  /** Whether a name is relative to that of the template that asks. */
  isRelative?(name: string): boolean
  /** The name that a relative one means. */
  resolve?(from: string, to: string): string
  on?(event: string, listener: (...args: never[]) => void): unknown
}

/** The members of a loader made by {@link Loader.extend}. */
export interface LoaderMembers {
  /** Called with the arguments of the constructor. */
  init?(...args: never[]): void
  readonly [member: string]: unknown
}

/**
 * The base of loaders. Extend it with `class`, or as in older projects:
 *
 * ```ts
 * const MyLoader = Loader.extend({ getSource(name) { return { src: '…', path: name } } })
 * new MyLoader()
 * ```
 */
export class Loader extends Emitter {
  /** A class with more members. `init` is called in place of a constructor. */
  static extend(
    name: string | LoaderMembers,
    members?: LoaderMembers,
  ): new (
    ...args: unknown[]
  ) => Loader & TemplateLoader {
    const own = typeof name === 'string' ? (members ?? {}) : name
    class Extended extends this {
      constructor(...args: unknown[]) {
        super()
        ;(this as unknown as LoaderMembers).init?.(...(args as never[]))
      }
    }
    Object.assign(Extended.prototype, own)
    return Extended as unknown as new (
      ...args: unknown[]
    ) => Loader & TemplateLoader
  }

  /** Names that begin with `./` or `../` are relative to the template that asks. */
  isRelative(name: string): boolean {
    return name.startsWith('./') || name.startsWith('../')
  }

  /** The name beside another one. It cannot lead out of where names begin. */
  resolve(from: string, to: string): string {
    const isAbsolute = from.startsWith('/')
    const parts = from
      .split('/')
      .slice(0, -1)
      .filter((part) => part !== '')
    for (const part of to.split('/')) {
      if (part === '..') parts.pop()
      else if (part !== '.' && part !== '') parts.push(part)
    }
    return (isAbsolute ? '/' : '') + parts.join('/')
  }
}
