import type { MaybePromise } from './loader.ts'
import { sha1 } from './sha1.ts'

/** Changes with everything that makes older generated code wrong. */
export const CODE_VERSION = 1

const HEADER = `phial-jinja ${CODE_VERSION} `

/** The place of one template in a {@link BytecodeCache}. */
export class Bucket {
  /** Names the template and the settings that its code depends on: hexadecimal digits. */
  readonly key: string
  /** Of the source. Code for another source is not taken. */
  readonly checksum: string
  /** The generated JavaScript, or `null` if there is none. */
  code: string | null = null

  constructor(key: string, checksum: string) {
    this.key = key
    this.checksum = checksum
  }

  /** Empties it. */
  reset(): void {
    this.code = null
  }

  /** Takes the code out of what was stored, if it is of this version and for this source. */
  loadText(stored: string): void {
    const header = HEADER + this.checksum
    this.code = stored.startsWith(`${header}\n`) ? stored.slice(header.length + 1) : null
  }

  /** What is to be stored. */
  toText(): string {
    if (this.code === null) throw new TypeError('the bucket is empty: there is no code to store')
    return `${HEADER}${this.checksum}\n${this.code}`
  }
}

/**
 * Keeps the JavaScript that templates are compiled to, so that other processes need not compile them again. The code
 * is run as it is: whoever can write to the store can run code.
 *
 * Subclasses read and write the store. What they give may be a promise: then it counts where a template is got
 * asynchronously.
 */
export abstract class BytecodeCache {
  /** Fills the bucket with {@link Bucket.loadText}, or leaves it empty. */
  abstract loadBytecode(bucket: Bucket): MaybePromise<void>

  /** Stores {@link Bucket.toText}. */
  abstract dumpBytecode(bucket: Bucket): MaybePromise<void>

  /** Empties the store, where it can. */
  clear(): MaybePromise<void> {}

  /** @param settings What the code depends on beside the source, as a text. */
  getCacheKey(name: string, filename: string | null, settings: string = ''): string {
    return sha1(JSON.stringify([name, filename, settings]))
  }

  getSourceChecksum(source: string): string {
    return sha1(source)
  }

  /** The bucket of a template, filled if there is code for it. */
  getBucket(
    name: string,
    filename: string | null,
    source: string,
    settings: string = '',
  ): MaybePromise<Bucket> {
    const bucket = new Bucket(this.getCacheKey(name, filename, settings), this.getSourceChecksum(source))
    const loaded = this.loadBytecode(bucket)
    return loaded instanceof Promise ? loaded.then(() => bucket) : bucket
  }

  setBucket(bucket: Bucket): MaybePromise<void> {
    return this.dumpBytecode(bucket)
  }
}

/** What a {@link MemcachedBytecodeCache} needs of a client. */
export interface MemcachedClient {
  get(key: string): Promise<unknown>
  set(key: string, value: string, options: { expires: number }): Promise<unknown>
}

export interface MemcachedBytecodeCacheOptions {
  /** What keys begin with. Default: `jinja2/bytecode/`. */
  readonly prefix?: string
  /** Seconds until an entry is dropped; 0 for never. Default: 0. */
  readonly timeout?: number
  /** Whether a failing server is like an empty one. Default: true. */
  readonly ignoreErrors?: boolean
}

/** Keeps the code on a memcached server. */
export class MemcachedBytecodeCache extends BytecodeCache {
  readonly #client: MemcachedClient
  readonly #options: Required<MemcachedBytecodeCacheOptions>

  constructor(
    client: MemcachedClient,
    { prefix = 'jinja2/bytecode/', timeout = 0, ignoreErrors = true }: MemcachedBytecodeCacheOptions = {},
  ) {
    super()
    this.#client = client
    this.#options = { prefix, timeout, ignoreErrors }
  }

  async loadBytecode(bucket: Bucket): Promise<void> {
    const stored = await this.#try(() => this.#client.get(this.#options.prefix + bucket.key))
    if (typeof stored === 'string') bucket.loadText(stored)
    else if (stored instanceof Uint8Array) bucket.loadText(new TextDecoder().decode(stored))
  }

  async dumpBytecode(bucket: Bucket): Promise<void> {
    const { prefix, timeout } = this.#options
    await this.#try(() => this.#client.set(prefix + bucket.key, bucket.toText(), { expires: timeout }))
  }

  async #try(run: () => Promise<unknown>): Promise<unknown> {
    try {
      return await run()
    } catch (error) {
      if (this.#options.ignoreErrors) return undefined
      throw error
    }
  }
}
