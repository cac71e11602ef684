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
  /** Signs cookies and other things. At least 16 random bytes; without it there are no sessions. Default null. */
  SECRET_KEY: string | null
  /** Former secret keys, oldest first: still read, never used to sign. Default null. */
  SECRET_KEY_FALLBACKS: readonly string[] | null
  /** The hosts that may be named in the `Host` header; `.example.com` includes subdomains. Default null: any. */
  TRUSTED_HOSTS: readonly string[] | null
  /** The host and port of the application, for URLs made outside of a request and for subdomains. Default null. */
  SERVER_NAME: string | null
  /** The path under which the application is mounted, for URLs made outside of a request. Default `/`. */
  APPLICATION_ROOT: string
  /** The scheme of URLs made outside of a request. Default `http`. */
  PREFERRED_URL_SCHEME: string
  /** Seconds that static files may be cached. Null: browsers ask each time (`no-cache`). Default null. */
  SEND_FILE_MAX_AGE_DEFAULT: number | null
  /** Bytes of any request body, or null for no limit. Default 16 MiB. */
  MAX_CONTENT_LENGTH: number | null
  /** Bytes of a JSON body, or null for no limit. Default 1 MiB. */
  MAX_JSON_LENGTH: number | null
  /** Bytes of all form fields that are not files, or null for no limit. Default 500 000. */
  MAX_FORM_MEMORY_SIZE: number | null
  /** Parts of a multipart form, or null for no limit. Default 1 000. */
  MAX_FORM_PARTS: number | null
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
  TRUSTED_HOSTS: null,
  SERVER_NAME: null,
  APPLICATION_ROOT: '/',
  PREFERRED_URL_SCHEME: 'http',
  SEND_FILE_MAX_AGE_DEFAULT: null,
  MAX_CONTENT_LENGTH: 16 * 1024 * 1024,
  MAX_JSON_LENGTH: 1024 * 1024,
  MAX_FORM_MEMORY_SIZE: 500_000,
  MAX_FORM_PARTS: 1_000,
  PROVIDE_AUTOMATIC_OPTIONS: true,
})
