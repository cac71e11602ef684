/** A mistake in what the command was given: its message is all that people need. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}
