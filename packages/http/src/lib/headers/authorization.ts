import { inspectAsText } from '../collections/inspect.ts'
import { base64Decode, base64Encode } from '../grammar/base64.ts'
import { assertNoControls } from '../grammar/field-value.ts'
import { trimBlanks } from '../grammar/token.ts'
import { parseCredentials, titleCase } from './auth-scheme.ts'
import { dumpDictHeader } from './dict-header.ts'

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Parameters of a scheme by name; null for one without a value. */
export type AuthParameters =
  | Iterable<readonly [string, string | null]>
  | Readonly<Record<string, string | null>>

/**
 * An `Authorization` header: the credentials of a client. Schemes have either parameters (Basic: `username` and
 * `password`; Digest) or a token (Bearer).
 *
 * @see RFC 9110 §11.6.2
 */
export class Authorization {
  static {
    // Its text is a secret, so that only the scheme is shown.
    inspectAsText(Authorization)
  }

  /** The scheme in lower case: `basic`, `bearer`. */
  readonly type: string
  readonly parameters: ReadonlyMap<string, string | null>
  readonly token: string | null

  constructor(type: string, parameters: AuthParameters | null = null, token: string | null = null) {
    this.type = type.toLowerCase()
    const isIterable = parameters !== null && Symbol.iterator in parameters
    this.parameters = new Map(
      isIterable
        ? (parameters as Iterable<readonly [string, string | null]>)
        : Object.entries(parameters ?? {}),
    )
    this.token = token
  }

  /** Reads a header; null if there is none, or its credentials cannot be read. */
  static fromHeader(header: string | null): Authorization | null {
    return parseAuthorization(header)
  }

  /** A parameter, or null. */
  get(name: string): string | null {
    return this.parameters.get(name) ?? null
  }

  get username(): string | null {
    return this.get('username')
  }

  get password(): string | null {
    return this.get('password')
  }

  /**
   * The value of the header.
   *
   * @throws TypeError if something in it holds line ends or other controls.
   */
  toHeader(): string {
    if (this.type === 'basic') {
      const credentials = `${this.username ?? ''}:${this.password ?? ''}`
      return `Basic ${base64Encode(new TextEncoder().encode(credentials))}`
    }
    if (this.token === null) return `${titleCase(this.type)} ${dumpDictHeader(this.parameters)}`
    assertNoControls('the token', this.token)
    return `${titleCase(this.type)} ${this.token}`
  }

  /** The scheme alone: logs are no place for credentials. See {@link toHeader}. */
  toString(): string {
    return `${titleCase(this.type)} …`
  }
}

/** As {@link Authorization.fromHeader}. */
export function parseAuthorization(header: string | null): Authorization | null {
  if (header === null || header === '') return null
  const space = header.indexOf(' ')
  const scheme = space < 0 ? header : header.slice(0, space)
  if (scheme.toLowerCase() !== 'basic') {
    const { type, parameters, token } = parseCredentials(header)
    return new Authorization(type, parameters, token)
  }
  const credentials = decodeBasic(space < 0 ? '' : trimBlanks(header.slice(space + 1)))
  if (credentials === null) return null
  const colon = credentials.indexOf(':')
  return new Authorization('basic', [
    ['username', colon < 0 ? credentials : credentials.slice(0, colon)],
    ['password', colon < 0 ? '' : credentials.slice(colon + 1)],
  ])
}

function decodeBasic(text: string): string | null {
  const bytes = base64Decode(text)
  if (bytes === null) return null
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}
