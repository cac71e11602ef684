import { createInputStream, LimitedStream } from '@phial/http/forms'
import type { Adapter } from '../../lib/values.ts'
import { chunksOf, toContentLength } from './multipart.ts'

interface InputStreamArguments {
  body: Uint8Array
  headers: [name: string, value: string][]
  terminated?: boolean
  safe_fallback?: boolean
  max_content_length?: number | null
  read?: number[]
}

async function inputStream(args: InputStreamArguments): Promise<unknown> {
  const headers = new Map(args.headers.map(([name, value]) => [name.toLowerCase(), value]))
  const chunked = headers.get('transfer-encoding') === 'chunked'
  const stream = createInputStream(chunksOf(args.body, 65_536), {
    contentLength: chunked ? null : toContentLength(headers.get('content-length') ?? null),
    terminated: args.terminated ?? false,
    safeFallback: args.safe_fallback ?? true,
    maxContentLength: args.max_content_length ?? null,
  })
  const readable =
    stream instanceof LimitedStream
      ? stream
      : new LimitedStream(stream, Number.MAX_SAFE_INTEGER, { isMax: true })
  if (args.read === undefined) return readable.read()
  const pieces: Uint8Array[] = []
  for (const size of args.read) pieces.push(await readable.read(size))
  return pieces
}

export const functions: Record<string, Adapter> = {
  input_stream: (args) => inputStream(args as unknown as InputStreamArguments),
}
