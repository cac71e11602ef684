import type { DebuggedRequest, Hint } from '@phial/debugger/node'

/** What is likely wrong with a request whose error only names a missing field. */
export function hintsOf(error: unknown, request: DebuggedRequest): Hint[] {
  const key = missingKey(error)
  if (key === null) return []
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') {
    return [
      {
        title: 'If the field is a file, the form did not send it',
        text:
          `The form was sent as \`${type}\`, which has the names of files and not what is in them. ` +
          `A form with a field \`${key}\` for files says so: \`<form method="post" enctype="multipart/form-data">\`.`,
      },
    ]
  }
  if (type === 'application/json') {
    return [
      {
        title: 'The request is JSON, not a form',
        text: `Read it with \`await request.json()\`, or send a form with a field \`${key}\`.`,
      },
    ]
  }
  if (type === '' && request.method !== 'GET' && request.method !== 'HEAD') {
    return [
      {
        title: 'The request has no body',
        text: 'A form that is sent has a `Content-Type`; this request has none.',
      },
    ]
  }
  return []
}

/** The key of a `BadRequestKeyError`, by its shape: the project may have another copy of the framework. */
function missingKey(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'BadRequestKeyError') return null
  const { key } = error as { key?: unknown }
  return typeof key === 'string' ? key : null
}
