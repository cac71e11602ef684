import type { DebuggedRequest, Hint } from '@phial/debugger/node'
import type { Phial } from '../app.ts'

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
  const close = known instanceof Promise ? [] : wanted.flatMap((name) => closeNames(name, known))
  if (close.length === 0) return []
  const names = [...new Set(close)].slice(0, MAX_NAMES).map((name) => `\`${name}\``)
  return [{ title: 'There are templates with a name like it', text: `${names.join(', ')}` }]
}

const MAX_NAMES = 5

/** Names with few letters different, or in another folder. */
function closeNames(name: string, known: readonly string[]): string[] {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return known.filter(
    (other) =>
      other.slice(other.lastIndexOf('/') + 1) === base ||
      (Math.abs(other.length - name.length) <= 2 && distance(name, other) <= Math.max(2, name.length / 6)),
  )
}

/** Letters to add, leave out, change or swap with their neighbour until one name is the other. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1))
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1)
        least = Math.min(least, before[j - 2]! + 1)
      next.push(least)
    }
    before = row
    row = next
  }
  return row[b.length]!
}

/** The key of a `BadRequestKeyError`, by its shape: the project may have another copy of the framework. */
function missingKey(error: unknown): string | null {
  if (!(error instanceof Error) || error.name !== 'BadRequestKeyError') return null
  const { key } = error as { key?: unknown }
  return typeof key === 'string' ? key : null
}
