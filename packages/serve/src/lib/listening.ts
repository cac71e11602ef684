/** Where a server can be reached. */
export interface ListenAddress {
  readonly scheme: 'http' | 'https'
  /** As the server was told, such as `127.0.0.1` or `0.0.0.0`. */
  readonly hostname: string
  readonly port: number
}

/** The URL of a server without a slash at its end. All addresses (`0.0.0.0`, `::`) are reached as this machine. */
export function serverUrl({ scheme, hostname, port }: ListenAddress): string {
  const isDefault = port === (scheme === 'https' ? 443 : 80)
  return `${scheme}://${hostInUrl(reachable(hostname))}${isDefault ? '' : `:${port}`}`
}

/** Whether a host name stands for all addresses of the machine. */
export function isAllAddresses(hostname: string): boolean {
  return hostname === '0.0.0.0' || hostname === '::' || hostname === ''
}

function reachable(hostname: string): string {
  if (hostname === '::') return '::1'
  return isAllAddresses(hostname) ? '127.0.0.1' : hostname
}

function hostInUrl(hostname: string): string {
  return hostname.includes(':') ? `[${hostname.replace('%', '%25')}]` : hostname
}
