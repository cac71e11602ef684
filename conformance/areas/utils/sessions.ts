import { httpDate } from '@phial/http/headers'
import { Phial, TaggedJsonSerializer, tuple, Uuid } from 'phial'
import { SecureCookieSessionInterface } from 'phial/sessions'
import { atTime } from '../../lib/clock.ts'
import { type Adapter, decode, encode, type Json, type JsonObject } from '../../lib/values.ts'

interface SessionArgs {
  readonly secret: string
  readonly fallbacks?: string[]
  readonly value: Json
  readonly cookie: string
  readonly now: number
  /** Seconds. */
  readonly lifetime?: number
}

const serializer = new TaggedJsonSerializer()

export const functions: Record<string, Adapter> = {
  tagged_json_dumps: (_args, test) => serializer.dumps(toJs(test.args!['value']!)),
  tagged_json_loads: (args) => fromJs(serializer.loads(args['value'] as string)),
  session_cookie_dumps: (_args, test) =>
    withClock(test.args, (args, app, sessions) => {
      const signing = sessions.getSigningSerializer(app)!
      return signing.dumps(toJs(args.value))
    }),
  session_cookie_loads: (_args, test) =>
    withClock(test.args, (args, app, sessions) => {
      const request = app.testRequestContext('/', { headers: { Cookie: `session=${args.cookie}` } }).request
      const session = sessions.openSession(app, request)!
      return fromJs(Object.fromEntries(session.entries))
    }),
}

/** Runs `call` with an application of these keys while the clock stands at `now`. */
function withClock(
  given: JsonObject | undefined,
  call: (args: SessionArgs, app: Phial, sessions: SecureCookieSessionInterface) => unknown,
): unknown {
  const args = given as unknown as SessionArgs
  const sessions = new SecureCookieSessionInterface()
  const app = new Phial('conformance', {
    sessionInterface: sessions,
    config: {
      SECRET_KEY: args.secret,
      SECRET_KEY_FALLBACKS: args.fallbacks ?? null,
      ...(args.lifetime === undefined ? {} : { PERMANENT_SESSION_LIFETIME: args.lifetime }),
    },
  })
  return atTime(args.now * 1000, () => call(args, app, sessions))
}

/** A recorded value with tuples and UUIDs as Phial has them. */
function toJs(json: Json): unknown {
  if (Array.isArray(json)) return json.map(toJs)
  if (typeof json !== 'object' || json === null) return json
  const [entry] = Object.entries(json)
  if (entry?.[0] === '$tuple') return tuple(...(entry[1] as Json[]).map(toJs))
  if (entry?.[0] === '$uuid') return new Uuid(entry[1] as string)
  // There are no calendar dates in JavaScript, and Flask makes text of them.
  if (entry?.[0] === '$date') return httpDate(new Date(entry[1] as string))
  if (entry?.[0].startsWith('$')) return decode(json)
  return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, toJs(item)]))
}

/** The reverse of {@link toJs}. */
function fromJs(value: unknown): Json {
  if (value instanceof Uuid) return { $uuid: String(value) }
  if (Array.isArray(value)) return value.map(fromJs)
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromJs(item)]))
  }
  return encode(value)
}
