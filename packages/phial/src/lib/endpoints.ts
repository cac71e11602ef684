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
 * What may be given as an endpoint. Where none is known, anything; else a text that is a literal must be one of them. A
 * text that is only known when the program runs, and one relative to the blueprint (`'.post'`), are not checked.
 */
export type CheckedEndpoint<Name extends string> = [EndpointName] extends [never]
  ? Name
  : string extends Name
    ? Name
    : Name extends `.${string}`
      ? Name
      : EndpointName

/** The values that the URLs of an endpoint need; of one that is not known, nothing is known. */
export type EndpointValues<Name extends string> = Name extends EndpointName ? Endpoints[Name] : unknown
