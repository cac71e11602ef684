import { type BodyLimits, closeForm, createInputStream, readForm } from '@phial/http/forms'
import { getContentLength } from '@phial/http/headers'
import type { Adapter } from '../../lib/values.ts'

interface ParseFormArguments {
  content_type: string | null
  body: Uint8Array
  content_length?: number | string | null
  limits?: {
    max_form_memory_size?: number | null
    max_form_parts?: number | null
    max_content_length?: number | null
  }
  chunk?: number
  terminated?: boolean
}

/** A request's form and files; both kinds of forms are recorded in the same way. */
export async function parseForm(args: ParseFormArguments): Promise<unknown> {
  const { content_type: contentType, body, limits = {}, chunk = 65_536, terminated = false } = args
  const options: { -readonly [name in keyof BodyLimits]?: BodyLimits[name] } = {}
  if (limits.max_form_memory_size !== undefined) options.maxFormMemorySize = limits.max_form_memory_size
  if (limits.max_form_parts !== undefined) options.maxFormParts = limits.max_form_parts
  if (limits.max_content_length !== undefined) options.maxContentLength = limits.max_content_length
  const announced = args.content_length === undefined ? body.length : args.content_length
  const stream = createInputStream(chunksOf(body, chunk), {
    contentLength: terminated ? null : toContentLength(announced),
    terminated,
    maxContentLength: options.maxContentLength ?? null,
  })
  const parsed = await readForm(stream, contentType, { limits: options })
  const files: unknown[] = []
  for (const [, file] of parsed.files.items({ multi: true })) {
    files.push({
      name: file.name,
      filename: file.filename,
      content_type: file.contentType,
      mimetype: file.mimetype,
      headers: file.headers.toList(),
      content: await file.bytes(),
    })
  }
  const form = { $multidict: [...parsed.form.items({ multi: true })] }
  await closeForm(parsed)
  return { form, files }
}

/** What the header `Content-Length` says: null if it is absent, 0 if it is no number. */
export function toContentLength(value: number | string | null): number | null {
  const length = getContentLength(value === null ? null : String(value))
  return length === null ? null : Math.min(length, Number.MAX_SAFE_INTEGER)
}

export async function* chunksOf(body: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size)
}

export const functions: Record<string, Adapter> = {
  parse_form: (args) => parseForm(args as unknown as ParseFormArguments),
}
