const WORDS =
  /pass(?:w(?:or)?d|phrase|code)|secret|token|credential|(?:api|private|access|encryption|signing|session)_?key|authorization|cookie|csrf|(?:^|_)(?:auth|pin|salt|sid|session_?id|dsn)$/

/**
 * Whether a name says that its value is a secret: `password`, `API_KEY`, `accessToken`, `set-cookie`. Such values are
 * hidden in tables; who can use the console can read them there.
 */
export function isSecretName(name: string): boolean {
  const snake = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()
  return WORDS.test(snake)
}
