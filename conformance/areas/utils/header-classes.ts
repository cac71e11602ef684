import {
  contentTypeWithCharset,
  Headers,
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from '@phial/http/headers'

type HeaderPairs = [string, string][]

export const functions: Record<string, (args: never) => unknown> = {
  is_hop_by_hop_header: ({ header }: { header: string }) => isHopByHopHeader(header),
  is_entity_header: ({ header }: { header: string }) => isEntityHeader(header),
  remove_entity_headers: (args: { headers: HeaderPairs; allowed?: string[] }) => {
    const headers = new Headers(args.headers)
    removeEntityHeaders(headers, args.allowed)
    return headers.toList()
  },
  remove_hop_by_hop_headers: (args: { headers: HeaderPairs }) => {
    const headers = new Headers(args.headers)
    removeHopByHopHeaders(headers)
    return headers.toList()
  },
  get_content_type: ({ mimetype }: { mimetype: string; charset: string }) => contentTypeWithCharset(mimetype),
}
