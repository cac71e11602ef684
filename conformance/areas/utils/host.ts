import { getContentLength } from '@phial/http/headers'
import { getCurrentUrl, getHost, hostIsTrusted, type ServerAddress } from '@phial/http/url'

interface HostArgs {
  scheme: string
  host: string | null
  server: ServerAddress | null
  trusted: string[] | null
}

interface UrlArgs {
  scheme: string
  host: string
  root_path: string | null
  path: string | null
  query_string: string | null
}

export const functions: Record<string, (args: never) => unknown> = {
  get_host: ({ scheme, host, server, trusted }: HostArgs) => getHost(scheme, host, server, trusted),
  host_is_trusted: ({ hostname, trusted }: { hostname: string | null; trusted: string[] | null }) =>
    hostIsTrusted(hostname, trusted),
  get_current_url: ({ scheme, host, root_path, path, query_string }: UrlArgs) =>
    getCurrentUrl(scheme, host, { rootPath: root_path, path, queryString: query_string }),
  get_content_length: (args: { content_length: string | null; transfer_encoding: string | null }) =>
    getContentLength(args.content_length, args.transfer_encoding),
}
