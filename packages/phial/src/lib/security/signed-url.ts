import { Forbidden } from '@phial/http/exceptions'
import { Signer } from '@phial/signer'
import type { Phial } from '../app.ts'
import { requireContext, requireRequestContext } from '../context/current.ts'
import { durationSeconds } from '../duration.ts'
import type { ViewHandle } from '../typing.ts'
import type { UrlForOptions, UrlValues } from '../url-for.ts'

export interface SignedUrlOptions extends UrlForOptions {
  /** How long the URL is good: seconds, or text as in `'1h'`. Default: for ever. */
  expiresIn?: number | string
}

const EXPIRES = 'expires'
const SIGNATURE = 'signature'

/**
 * The URL of a view that nobody but this application can make: for links in mails, downloads without a login. The view
 * checks it with {@link requireSignedUrl}. What is signed is the path and the query, not the host.
 *
 * @throws Error without a secret key.
 */
export function signedUrlFor(
  view: string | ViewHandle<never>,
  values: UrlValues = {},
  { expiresIn, ...options }: SignedUrlOptions = {},
): string {
  const { app } = requireContext()
  const signer = signerOf(app)
  const until =
    expiresIn === undefined
      ? undefined
      : Math.floor(Date.now() / 1000) + durationSeconds(expiresIn, 'expiresIn')
  const given = { ...values, [EXPIRES]: until, [SIGNATURE]: undefined }
  const url = app.urlFor(view, given, options)
  const [address, anchor] = splitOnce(url, '#')
  const signature = signer.getSignature(signedText(address))
  const signed = `${address}${address.includes('?') ? '&' : '?'}${SIGNATURE}=${signature}`
  return anchor === null ? signed : `${signed}#${anchor}`
}

/**
 * Refuses a request whose URL was not made by {@link signedUrlFor}, or is too old.
 *
 * @throws Forbidden (403)
 */
export function requireSignedUrl(): void {
  const { app, request } = requireRequestContext()
  const { target, args } = request
  const at = target.lastIndexOf(`${SIGNATURE}=`)
  const [, query] = splitOnce(target, '?')
  // The signature is the last argument; what stands behind it was not signed.
  const signature = at > 0 && /[?&]/.test(target[at - 1]!) ? target.slice(at + SIGNATURE.length + 1) : ''
  if (query === null || !/^[\w-]+$/.test(signature)) throw new Forbidden('The link is not signed.')
  const signed = request.rootPath + target.slice(0, at - 1)
  if (!signerOf(app).verifySignature(signed, signature))
    throw new Forbidden('The signature of the link is wrong.')
  const until = args.get(EXPIRES)
  if (until !== null && !(Number(until) > Date.now() / 1000)) throw new Forbidden('The link has expired.')
}

/** The path and the query of a URL. */
function signedText(address: string): string {
  return address.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*/i, '')
}

function signerOf(app: Phial): Signer {
  const { SECRET_KEY, SECRET_KEY_FALLBACKS } = app.config
  if (SECRET_KEY === null || SECRET_KEY.length === 0) {
    throw new Error('URLs cannot be signed without a SECRET_KEY. Set one: app.config.SECRET_KEY = …')
  }
  return new Signer([...(SECRET_KEY_FALLBACKS ?? []), SECRET_KEY], {
    salt: 'phial.signed-url',
    keyDerivation: 'hmac',
    digestMethod: 'sha256',
  })
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
}
