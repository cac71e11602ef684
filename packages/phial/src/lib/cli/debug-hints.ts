import type { DebuggedRequest, Hint } from '@phial/debugger/node'
import type { Phial } from '../app.ts'
import { nearNames } from '../near-names.ts'

/** What is likely wrong, where an error only names what is missing: a field, a template. */
export function hintsOf(error: unknown, request: DebuggedRequest, app: Pick<Phial, 'jinjaEnv'>): Hint[] {
  const key = missingKey(error)
  return key === null ? templateHints(error, app) : fieldHints(key, request)
}

function fieldHints(key: string, request: DebuggedRequest): Hint[] {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return [
      {
        title: 'A GET request has no form',
        text:
          `What stands in the URL is in \`request.args\`. If a form with the field \`${key}\` was sent to an address that ` +
          'redirects here, it was lost on the way: browsers follow 301, 302 and 303 with GET. ' +
          '`redirect(url, 307)` keeps method and form.',
      },
    ]
  }
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
  if (type === '') {
    return [
      {
        title: 'The request has no body',
        text: 'A form that is sent has a `Content-Type`; this request has none.',
      },
    ]
  }
  return []
}

/** Templates whose names are close to one that was not found. */
function templateHints(error: unknown, { jinjaEnv }: Pick<Phial, 'jinjaEnv'>): Hint[] {
  if (!(error instanceof Error) || error.name !== 'TemplateNotFound') return []
  const { templates } = error as { templates?: unknown }
  const wanted = Array.isArray(templates) ? templates.filter((name) => typeof name === 'string') : []
  const known = jinjaEnv.loader?.list?.() ?? []
  const close = known instanceof Promise ? [] : wanted.flatMap((name) => nearNames(name, known))
  if (close.length === 0) return []
  const names = [...new Set(close)].slice(0, MAX_NAMES).map((name) => `\`${name}\``)
  return [{ title: 'There are templates with a name like it', text: `${names.join(', ')}` }]
}

const MAX_NAMES = 5

/** The key of a `BadRequestKeyError`, by its shape: the project may have another copy of the framework. */
function missingKey(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'BadRequestKeyError') return null
  const { key } = error as { key?: unknown }
  return typeof key === 'string' ? key : null
}
