import { secureFilename } from '@phial/http/filenames'
import { FlaskJsonProvider, Phial, reply } from 'phial'

/** Forms, uploads, and the limits on them. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, {
    rootPath: root,
    jsonProvider: new FlaskJsonProvider(),
    config: { MAX_CONTENT_LENGTH: 4000, MAX_FORM_MEMORY_SIZE: 1000, MAX_FORM_PARTS: 6 },
  })

  app.get(
    '/',
    () =>
      '<form method="post" action="/upload" enctype="multipart/form-data"><input name="title">' +
      '<input type="file" name="file"><input type="submit"></form>',
  )

  app.post('/form', async (_params, { request }) => {
    const form = await request.form()
    return {
      name: form.require('name'),
      tags: form.getAll('tag'),
      age: form.get('age', null, toInteger),
      keys: [...form.keys()].sort(),
    }
  })

  app.post('/upload', async (_params, { request }) => {
    const form = await request.form()
    const file = (await request.files()).require('file')
    const content = await file.bytes()
    return {
      title: form.get('title'),
      filename: file.filename,
      safe: secureFilename(file.filename ?? ''),
      content_type: file.contentType,
      mimetype: file.mimetype,
      params: file.mimetypeParams,
      size: content.length,
      sha256: await sha256(content),
      name: file.name,
    }
  })

  app.post('/many', async (_params, { request }) => {
    const form = await request.form()
    const files = await request.files()
    const sent: unknown[] = []
    for (const [field, file] of files.items({ multi: true })) {
      sent.push([field, file.filename, new TextDecoder('latin1').decode(await file.bytes())])
    }
    return { files: sent, form: [...form.items({ multi: true })], one: !files.has('nope') }
  })

  app.post('/nolimit', async (_params, { request }) => {
    // In Flask 3.1, None leaves a limit of the request as it is configured.
    request.limits = {}
    const form = await request.form()
    let size = 0
    for (const key of form.keys()) size += form.get(key)!.length
    return { keys: [...form.keys()].length, size }
  })

  app.post('/untouched', () => 'body not read')

  app.post('/data', async (_params, { request }) => String((await request.bytes()).length))

  app.errorHandler(413, (error) => reply({ error: 'too large', name: error.title }, 413))

  return app
}

function toInteger(text: string): number {
  const number = Number(text)
  if (!/^[+-]?\d+$/.test(text.trim())) throw new TypeError(`${text} is no integer.`)
  return number
}

async function sha256(content: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
