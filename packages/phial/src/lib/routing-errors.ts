/** Two different views were given one endpoint. */
export class EndpointConflictError extends Error {
  override readonly name: string = 'EndpointConflictError'
  readonly endpoint: string

  constructor(endpoint: string) {
    super(
      `The endpoint ${JSON.stringify(endpoint)} has another view already. Give one of the two views its own name: ` +
        "{ endpoint: 'other_name' } in the route's options, or another function name.",
    )
    this.endpoint = endpoint
  }
}
