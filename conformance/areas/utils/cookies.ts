import { type CookieOptions, dumpCookie, parseCookie } from '@phial/http/cookies'
import { Seconds } from '../../lib/values.ts'

interface CookieArgs {
  key: string
  value: string
  max_age?: number | Seconds | null
  expires?: Date | number | string | null
  path?: string | null
  domain?: string | null
  secure?: boolean
  httponly?: boolean
  samesite?: CookieOptions['sameSite']
  partitioned?: boolean
  sync_expires?: boolean
}

const NAMES: ReadonlyMap<string, keyof CookieOptions> = new Map([
  ['max_age', 'maxAge'],
  ['httponly', 'httpOnly'],
  ['samesite', 'sameSite'],
  ['sync_expires', 'syncExpires'],
  ['max_size', 'maxSize'],
] as [string, keyof CookieOptions][])

function writeCookie({ key, value, ...rest }: CookieArgs): string {
  const options = Object.entries(rest).map(([name, option]) => [
    NAMES.get(name) ?? name,
    option instanceof Seconds ? Number(option) : option,
  ])
  return dumpCookie(key, value, Object.fromEntries(options))
}

export const functions: Record<string, (args: never) => unknown> = {
  parse_cookie: ({ header }: { header: string | null }) => ({
    $multidict: [...parseCookie(header).items({ multi: true })],
  }),
  dump_cookie: writeCookie,
  cookie_roundtrip: ({ value }: { value: string }) => {
    const header = dumpCookie('k', value, { path: null })
    return { header, parsed: parseCookie(header).get('k') }
  },
}
