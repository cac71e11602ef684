/**
 * The endpoints of the application with the values of their URLs. `phial types` writes a file that fills it:
 *
 * ```ts
 * declare module 'phial' {
 *   interface Endpoints { 'blog.post': { id: number } }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface Endpoints {}

/** The endpoints that are known. */
export type EndpointName = keyof Endpoints & string

/**
 * What may be given as a name. Where none is known, anything; else a text that is a literal must be one of them. A text
 * that only the running program knows, such as `${area}/list`, is not checked.
 */
export type CheckedName<Name extends string, Known extends string> = [Known] extends [never]
  ? Name
  : Name extends string
    ? Record<never, never> extends Record<Name, unknown>
      ? Name
      : Known
    : never

/** What may be given as an endpoint; see {@link CheckedName}. One relative to the blueprint (`'.post'`) is not checked. */
export type CheckedEndpoint<Name extends string> = Name extends `.${string}`
  ? Name
  : CheckedName<Name, EndpointName>

/** The values that the URLs of an endpoint need; of one that is not known, nothing is known. */
export type EndpointValues<Name extends string> = Name extends EndpointName ? Endpoints[Name] : unknown
