import { abort, currentApp, Phial, Response, request, sendFile, sendFromDirectory, urlFor } from 'phial'

/** Static files, files from memory and from disk, ranges and conditions. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root })
  const bytes = (text: string) => new TextEncoder().encode(text)

  app.get('/', () => urlFor('static', { filename: 'sub/a b.txt', v: 1 }))

  app.get('/memory', () =>
    sendFile(bytes('0123456789'.repeat(5)), {
      downloadName: 'digits.txt',
      etag: 'memory-1',
      lastModified: new Date('2021-06-01T12:00:00Z'),
    }),
  )
  app.get('/memory/plain', () => sendFile(bytes('plain'), { mimetype: 'text/x-plain' }))
  app.get('/attachment/<name>', ({ name }) =>
    sendFile(bytes('attached'), { asAttachment: true, downloadName: name }),
  )
  app.get('/aged', () => sendFile(bytes('aged'), { downloadName: 'a.css', maxAge: 3600 }))

  app.get('/data/<path:name>', ({ name }) => sendFromDirectory('data', name))
  app.get('/unconditional', () =>
    sendFile('data/report.json', { conditional: false, etag: false, lastModified: new Date(0) }),
  )
  app.get('/relative', () => sendFile('data/report.json', { etag: false }))
  app.get('/missing-file', () => sendFile('data/no-such-file'))

  app.get('/etag', async () => {
    const response = new Response(`body for etag ${request.args.get('v', '1')}`)
    await response.addEtag()
    return response.makeConditional(request)
  })

  app.get('/manual', () => {
    const response = new Response('abcdefghijklmnopqrstuvwxyz', { mimetype: 'text/plain' })
    response.setEtag('letters')
    response.lastModified = new Date('2022-02-02T00:00:00Z')
    response.cacheControl.public = true
    response.cacheControl.maxAge = 60
    return response.makeConditional(request, { acceptRanges: true, completeLength: 26 })
  })

  app.put('/precondition', () => {
    const response = new Response('stored')
    response.setEtag('v2', Boolean(request.args.get('weak')))
    if (request.ifMatch.size > 0 && !request.ifMatch.contains('v2')) abort(412)
    return response
  })

  app.get('/max-age', () => String(currentApp.getSendFileMaxAge('x') ?? 'None'))

  return app
}
