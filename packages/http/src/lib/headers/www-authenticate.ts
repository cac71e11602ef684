import { CallbackMap } from '../collections/callback-map.ts'
import { inspectAsText } from '../collections/inspect.ts'
import { assertNoControls } from '../grammar/field-value.ts'
import { quoteHeaderValue } from '../grammar/quoted-string.ts'
import { parseCredentials, titleCase } from './auth-scheme.ts'
import type { AuthParameters } from './authorization.ts'
import { dumpDictHeader } from './dict-header.ts'

export interface WwwAuthenticateOptions {
  /** What follows the scheme in place of parameters. Default null. */
  token?: string | null
  /** Called after each change, to write the header back. */
  onUpdate?: ((challenge: WwwAuthenticate) => void) | null
}

// Clients expect these in quotes (RFC 7616 §3.3).
const QUOTED_IN_DIGEST: ReadonlySet<string> = new Set(['realm', 'domain', 'nonce', 'opaque', 'qop'])

/**
 * A `WWW-Authenticate` header: how a client may prove who it is.
 *
 * ```ts
 * throw new Unauthorized(undefined, { wwwAuthenticate: new WwwAuthenticate('basic', { realm: 'Admin' }) })
 * ```
 *
 * @see RFC 9110 §11.6.1
 */
export class WwwAuthenticate {
  static {
    inspectAsText(WwwAuthenticate)
  }

  #type: string
  #token: string | null
  /** Live: a change is written back. */
  readonly parameters: Map<string, string | null>
  readonly #onUpdate: ((challenge: WwwAuthenticate) => void) | null

  constructor(type: string, parameters: AuthParameters | null = null, options: WwwAuthenticateOptions = {}) {
    this.#type = type.toLowerCase()
    this.#token = options.token ?? null
    const isIterable = parameters !== null && Symbol.iterator in parameters
    this.parameters = new CallbackMap(
      isIterable
        ? (parameters as Iterable<readonly [string, string | null]>)
        : Object.entries(parameters ?? {}),
      () => this.#onUpdate?.(this),
    )
    this.#onUpdate = options.onUpdate ?? null
  }

  /** Reads a header; null if there is none. {@link parseWwwAuthenticate} gives an empty challenge there. */
  static fromHeader(
    header: string | null,
    onUpdate: ((challenge: WwwAuthenticate) => void) | null = null,
  ): WwwAuthenticate | null {
    if (header === null || header === '') return null
    const { type, parameters, token } = parseCredentials(header)
    return new WwwAuthenticate(type, parameters, { token, onUpdate })
  }

  /** The scheme in lower case: `basic`, `digest`, `bearer`. */
  get type(): string {
    return this.#type
  }

  set type(value: string) {
    this.#type = value.toLowerCase()
    this.#onUpdate?.(this)
  }

  /** What follows the scheme in place of parameters, or null. */
  get token(): string | null {
    return this.#token
  }

  set token(value: string | null) {
    this.#token = value
    this.#onUpdate?.(this)
  }

  /** The part of the site that the credentials are for. */
  get realm(): string | null {
    return this.get('realm')
  }

  set realm(value: string | null) {
    this.set('realm', value)
  }

  /** A parameter, or null. */
  get(name: string): string | null {
    return this.parameters.get(name) ?? null
  }

  /** Sets a parameter; null takes it out. */
  set(name: string, value: string | null): void {
    if (value === null) this.parameters.delete(name)
    else this.parameters.set(name, value)
  }

  has(name: string): boolean {
    return this.parameters.has(name)
  }

  /**
   * The value of the header.
   *
   * @throws TypeError if something in it holds line ends or other controls.
   */
  toHeader(): string {
    const scheme = titleCase(this.#type)
    if (this.#token !== null) {
      assertNoControls('the token', this.#token)
      return `${scheme} ${this.#token}`
    }
    if (this.parameters.size === 0) return scheme
    if (this.#type !== 'digest') return `${scheme} ${dumpDictHeader(this.parameters)}`
    return `Digest ${Array.from(this.parameters, dumpDigestParameter).join(', ')}`
  }

  toString(): string {
    return this.toHeader()
  }
}

function dumpDigestParameter([name, value]: readonly [string, string | null]): string {
  if (value === null || !QUOTED_IN_DIGEST.has(name)) return dumpDictHeader([[name, value]])
  assertNoControls(`the parameter ${JSON.stringify(name)}`, value)
  return `${name}=${quoteHeaderValue(value, { allowToken: false })}`
}

/** Reads a header for changing; an absent one is an empty challenge of the scheme Basic. */
export function parseWwwAuthenticate(
  header: string | null,
  onUpdate: ((challenge: WwwAuthenticate) => void) | null = null,
): WwwAuthenticate {
  return WwwAuthenticate.fromHeader(header, onUpdate) ?? new WwwAuthenticate('basic', null, { onUpdate })
}
