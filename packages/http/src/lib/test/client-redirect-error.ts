/** A redirect that a test client does not follow: a loop, one too many, or one to another host. */
export class ClientRedirectError extends Error {
  override readonly name: string = 'ClientRedirectError'
}
