import type { SameSite } from '@phial/http/cookies'
import type { SecretKey } from '@phial/signer'

/** The keys that Phial itself reads, with their types. Applications and extensions add their own. */
export interface PhialConfig {
  /** Development mode: long messages, the debugger, reloading. Default: the environment's `PHIAL_DEBUG`. */
  DEBUG: boolean
  /** Errors are thrown on to the test instead of becoming a page. Default false. */
  TESTING: boolean
  /** Whether unhandled errors are thrown on to the server. Null: when `TESTING` or `DEBUG` is on. Default null. */
  PROPAGATE_EXCEPTIONS: boolean | null
  /** Whether HTTP errors are handled as any other error, so that they show in the debugger. Default false. */
  TRAP_HTTP_EXCEPTIONS: boolean
  /** As {@link TRAP_HTTP_EXCEPTIONS}, for a missing form field or argument. Null: in debug mode. Default null. */
  TRAP_BAD_REQUEST_ERRORS: boolean | null
  /** Signs cookies and other things: text or bytes, 16 random ones or more. Null: no sessions. Default null. */
  SECRET_KEY: SecretKey | null
  /** Former secret keys, oldest first: still read, never used to sign. Default null. */
  SECRET_KEY_FALLBACKS: readonly SecretKey[] | null
  /** The name of the session cookie. Default `session`. */
  SESSION_COOKIE_NAME: string
  /** The domain that gets the session cookie, with its subdomains. Default null: the host that set it alone. */
  SESSION_COOKIE_DOMAIN: string | null
  /** The path below which the session cookie is sent. Null: {@link APPLICATION_ROOT}. Default null. */
  SESSION_COOKIE_PATH: string | null
  /** Whether JavaScript cannot see the session cookie. Default true. */
  SESSION_COOKIE_HTTPONLY: boolean
  /** Whether the session cookie goes over HTTPS only; set it in production. Default false. */
  SESSION_COOKIE_SECURE: boolean
  /** Whether the session cookie is kept apart for each site that embeds this one; needs Secure. Default false. */
  SESSION_COOKIE_PARTITIONED: boolean
  /** Whether other sites may send the session cookie along: `Lax`, `Strict` or `None`. Default null: not said. */
  SESSION_COOKIE_SAMESITE: SameSite | null
  /** How long permanent sessions last since they were last sent: seconds, or text as in `31d`. Default 31 days. */
  PERMANENT_SESSION_LIFETIME: number | string
  /** Whether the cookie of a permanent session is sent with every response, so that it lasts on. Default true. */
  SESSION_REFRESH_EACH_REQUEST: boolean
  /**
   * The `Cache-Control` of responses that set the session cookie and have none, as in `private`; null for none. A shared
   * cache that keeps cookies would give one visitor's session to others. Default null, as in Flask.
   */
  SESSION_CACHE_CONTROL: string | null
  /** Bytes of a cookie over which a warning is logged; browsers drop larger ones. 0: never. Default 4 093. */
  MAX_COOKIE_SIZE: number
  /** The hosts that may be named in the `Host` header; `.example.com` includes subdomains. Default null: any. */
  TRUSTED_HOSTS: readonly string[] | null
  /** The host and port of the application, for URLs with a host and for subdomains. Default null. */
  SERVER_NAME: string | null
  /** The path under which the application is mounted, for URLs made outside of a request. Default `/`. */
  APPLICATION_ROOT: string
  /** The scheme of URLs made outside of a request. Default `http`. */
  PREFERRED_URL_SCHEME: string
  /** Seconds that static files may be cached. Null: browsers ask each time (`no-cache`). Default null. */
  SEND_FILE_MAX_AGE_DEFAULT: number | null
  /** Whether files are sent by the server in front: it gets their path as `X-Sendfile`. Default false. */
  USE_X_SENDFILE: boolean
  /** Bytes of any request body, or null for no limit. Default 16 MiB. */
  MAX_CONTENT_LENGTH: number | null
  /** Bytes of a JSON body, or null for no limit. Default 1 MiB. */
  MAX_JSON_LENGTH: number | null
  /** Bytes of all form fields that are not files, or null for no limit. Default 500 000. */
  MAX_FORM_MEMORY_SIZE: number | null
  /** Parts of a multipart form, or null for no limit. Default 1 000. */
  MAX_FORM_PARTS: number | null
  /** Whether changed templates are read again. Null: in debug mode. Default null. */
  TEMPLATES_AUTO_RELOAD: boolean | null
  /** Whether the log tells where each template was looked for. Default false. */
  EXPLAIN_TEMPLATE_LOADING: boolean
  /** Whether views are given OPTIONS by themselves. Default true. */
  PROVIDE_AUTOMATIC_OPTIONS: boolean
}

/** The value of each key where nothing else is said. */
export const DEFAULT_CONFIG: Readonly<PhialConfig> = Object.freeze({
  DEBUG: false,
  TESTING: false,
  PROPAGATE_EXCEPTIONS: null,
  TRAP_HTTP_EXCEPTIONS: false,
  TRAP_BAD_REQUEST_ERRORS: null,
  SECRET_KEY: null,
  SECRET_KEY_FALLBACKS: null,
  SESSION_COOKIE_NAME: 'session',
  SESSION_COOKIE_DOMAIN: null,
  SESSION_COOKIE_PATH: null,
  SESSION_COOKIE_HTTPONLY: true,
  SESSION_COOKIE_SECURE: false,
  SESSION_COOKIE_PARTITIONED: false,
  SESSION_COOKIE_SAMESITE: null,
  PERMANENT_SESSION_LIFETIME: 31 * 24 * 60 * 60,
  SESSION_REFRESH_EACH_REQUEST: true,
  SESSION_CACHE_CONTROL: null,
  MAX_COOKIE_SIZE: 4093,
  TRUSTED_HOSTS: null,
  SERVER_NAME: null,
  APPLICATION_ROOT: '/',
  PREFERRED_URL_SCHEME: 'http',
  SEND_FILE_MAX_AGE_DEFAULT: null,
  USE_X_SENDFILE: false,
  MAX_CONTENT_LENGTH: 16 * 1024 * 1024,
  MAX_JSON_LENGTH: 1024 * 1024,
  MAX_FORM_MEMORY_SIZE: 500_000,
  MAX_FORM_PARTS: 1_000,
  TEMPLATES_AUTO_RELOAD: null,
  EXPLAIN_TEMPLATE_LOADING: false,
  PROVIDE_AUTOMATIC_OPTIONS: true,
})
