/** A collection holds no value under a key that the caller requires. */
export class MissingKeyError extends Error {
  override readonly name: string = 'MissingKeyError'
  /** The key that was asked for. */
  readonly key: string

  constructor(key: string, message: string = `There is no value under the key ${JSON.stringify(key)}.`) {
    super(message)
    this.key = key
  }
}
