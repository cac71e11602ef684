import { generateETag, isResourceModified, parseETags, quoteETag, unquoteETag } from '@phial/http/headers'

function etagsParse({ value, probe }: { value: string | null; probe: string[] }): unknown {
  const etags = parseETags(value)
  const raw = [...probe.map((tag) => `"${tag}"`), ...probe.map((tag) => `W/"${tag}"`)]
  const all = etags.toSet({ includeWeak: true })
  return {
    strong: [...etags].sort(),
    weak: [...all].filter((tag) => etags.isWeak(tag)).sort(),
    star: etags.starTag,
    bool: etags.size > 0,
    probe: probe.map((tag) => [
      tag,
      etags.contains(tag),
      etags.containsWeak(tag),
      etags.isStrong(tag),
      etags.isWeak(tag),
    ]),
    raw: raw.map((tag) => [tag, etags.containsRaw(tag)]),
  }
}

interface Conditions {
  etag?: string
  data?: Uint8Array
  last_modified?: Date | string
  http_range?: string
  http_if_range?: string
  http_if_modified_since?: string
  http_if_none_match?: string
  http_if_match?: string
  ignore_if_range?: boolean
}

export const functions: Record<string, (args: never) => unknown> = {
  etags_parse: etagsParse,
  quote_etag: ({ etag, weak }: { etag: string; weak: boolean }) => quoteETag(etag, weak),
  unquote_etag: ({ etag }: { etag: string | null }) => unquoteETag(etag) ?? [null, null],
  generate_etag: ({ data }: { data: Uint8Array }) => generateETag(data),
  is_resource_modified: (args: Conditions) =>
    isResourceModified({
      etag: args.etag ?? null,
      data: args.data ?? null,
      lastModified: args.last_modified ?? null,
      range: args.http_range ?? null,
      ifRange: args.http_if_range ?? null,
      ifModifiedSince: args.http_if_modified_since ?? null,
      ifNoneMatch: args.http_if_none_match ?? null,
      ifMatch: args.http_if_match ?? null,
      ignoreIfRange: args.ignore_if_range ?? true,
    }),
}
