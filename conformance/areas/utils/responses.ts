import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type HeadersInit,
  makeConditional,
  Response,
  type ResponseBody,
  redirect,
  type SendFileOptions,
} from '@phial/http'
import { sendFile } from '@phial/http/files-node'
import { camelCase, type RecordedRequest, sentResponse, toRequest } from '../../lib/messages.ts'

interface ResponseArguments {
  body: ResponseBody
  init: { status?: number | string; headers?: HeadersInit; mimetype?: string; content_type?: string } | null
  sets: [property: string, value: unknown][]
  calls: [method: string, args: unknown[], keywords: Record<string, unknown>][]
  request: RecordedRequest | null
}

async function response({ body, init, sets, calls, request }: ResponseArguments): Promise<unknown> {
  const { content_type: contentType, ...rest } = init ?? {}
  const made = new Response(body, { ...rest, ...(contentType === undefined ? {} : { contentType }) })
  for (const [property, value] of sets) setProperty(made, property, value, request)
  for (const [method, args, keywords] of calls) await call(made, method, args, keywords)
  return { ...(await sentResponse(made, request?.method)), status_code: made.status }
}

function setProperty(
  made: Response,
  property: string,
  value: unknown,
  request: RecordedRequest | null,
): void {
  if (property === 'status_code') made.status = value as number
  else if (property === 'data') made.setData(value as string)
  else if (property === 'autocorrect_location_header') made.resolveLocation(toRequest(request).baseUrl)
  else if (/^(?:access_control|cross_origin)_|^content_md5$/.test(property)) setHeader(made, property, value)
  else {
    const { target, name } = find(made, property)
    Reflect.set(target, name, value)
  }
}

/** Headers for which responses have no property of their own. */
function setHeader(made: Response, property: string, value: unknown): void {
  const name = property.replaceAll('_', '-')
  if (value === null || value === false) made.headers.delete(name)
  else made.headers.set(name, Array.isArray(value) ? value.join(', ') : String(value))
}

/** The object that has a member, and its name: `cache_control.max_age` is `maxAge` of the response's `cacheControl`. */
function find(made: Response, path: string): { target: object; name: string } {
  const names = path.split('.').map(camelCase)
  const name = names.pop()!
  const target = names.reduce<object>((owner, member) => Reflect.get(owner, member) as object, made)
  return { target, name }
}

/** Methods that are called otherwise in Python. */
const METHODS: Readonly<Record<string, string>> = {
  discard: 'delete',
  remove: 'delete',
  setdefault: 'setDefault',
}

const COOKIE_OPTIONS: Readonly<Record<string, string>> = {
  httponly: 'httpOnly',
  samesite: 'sameSite',
  max_age: 'maxAge',
}

async function call(
  made: Response,
  method: string,
  args: unknown[],
  keywords: Record<string, unknown>,
): Promise<void> {
  const options = Object.fromEntries(
    Object.entries(keywords).map(([key, value]) => [COOKIE_OPTIONS[key] ?? key, value]),
  )
  const [first, second] = args as [string, string]
  switch (method) {
    case 'set_cookie':
      return made.setCookie(first, second ?? '', args.length > 2 ? { maxAge: args[2] as number } : options)
    case 'make_sequence':
      await made.getData()
      return
    case 'set_etag':
      return made.setEtag(first, (args[1] ?? keywords['weak'] ?? false) as boolean)
    case 'www_authenticate.__setattr__':
      made.wwwAuthenticate.set(first, second)
      return
    default: {
      const { target, name } = find(made, method)
      const run = Reflect.get(target, METHODS[name] ?? name) as (...given: unknown[]) => unknown
      await run.call(target, ...args, ...(Object.keys(options).length === 0 ? [] : [options]))
    }
  }
}

interface ConditionalArguments {
  body: Uint8Array
  request: RecordedRequest
  streaming?: boolean
  status?: number
  etag?: string
  weak?: boolean
  add_etag?: boolean
  last_modified?: Date
  accept_ranges?: boolean | string
  complete_length?: number | null
}

async function conditional(args: ConditionalArguments): Promise<unknown> {
  const made = new Response(args.streaming === true ? pieces(args.body) : args.body, {
    mimetype: 'text/plain',
  })
  if (args.status !== undefined) made.status = args.status
  if (args.etag !== undefined) made.setEtag(args.etag, args.weak)
  if (args.last_modified !== undefined) made.lastModified = args.last_modified
  if (args.add_etag === true) await made.addEtag()
  makeConditional(made, toRequest(args.request), {
    ...(args.accept_ranges === undefined ? {} : { acceptRanges: args.accept_ranges }),
    ...(typeof args.complete_length === 'number' ? { completeLength: args.complete_length } : {}),
  })
  return sentResponse(made, args.request.method)
}

function* pieces(body: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < body.length; start += 3) yield body.subarray(start, start + 3)
}

interface SendArguments {
  content: Uint8Array
  filename?: string
  mtime?: number
  request: RecordedRequest
  mimetype?: string
  as_attachment?: boolean
  download_name?: string
  conditional?: boolean
  etag?: boolean | string
  last_modified?: Date | number
  max_age?: number
}

function sendOptions(args: SendArguments): SendFileOptions {
  const names = [
    'mimetype',
    'as_attachment',
    'download_name',
    'conditional',
    'etag',
    'last_modified',
    'max_age',
  ] as const
  const given = names.filter((name) => args[name] !== undefined)
  return Object.fromEntries(given.map((name) => [camelCase(name), args[name]]))
}

async function sendBytes(args: SendArguments): Promise<unknown> {
  return sentResponse(
    await sendFile(args.content, toRequest(args.request), sendOptions(args)),
    args.request.method,
  )
}

async function sendPath(args: SendArguments): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'phial-'))
  try {
    const path = join(folder, args.filename!)
    await writeFile(path, args.content)
    await utimes(path, args.mtime!, args.mtime!)
    return await sentResponse(
      await sendFile(path, toRequest(args.request), sendOptions(args)),
      args.request.method,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

export const functions: Record<string, (args: never) => unknown> = {
  response,
  make_conditional: conditional,
  // The recorded default is that of the development version; the released one, and ours, is 302.
  redirect: ({ location, code }: { location: string; code?: number }) =>
    sentResponse(redirect(location, code)),
  send_bytes: sendBytes,
  send_path: sendPath,
}
