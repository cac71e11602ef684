import { BadRequestKeyError, type FileStorage } from '@phial/http'
import { ImmutableMultiDict } from '@phial/http/collections'

/** The files of a form that cannot have any, for debug mode: asking for one explains why. */
export class MissingFiles extends ImmutableMultiDict<FileStorage> {
  readonly #mimetype: string
  readonly #fields: { has(name: string): boolean }

  constructor(mimetype: string, fields: { has(name: string): boolean }) {
    super()
    this.#mimetype = mimetype
    this.#fields = fields
  }

  protected override missing(key: string): Error {
    const error = new BadRequestKeyError(key)
    if (!this.#fields.has(key)) return error
    error.description =
      `The form has ${JSON.stringify(key)} as a field and not as a file: it came as ` +
      `${JSON.stringify(this.#mimetype)}, which transmits names of files only. ` +
      'Add enctype="multipart/form-data" to the form.'
    return error
  }
}
