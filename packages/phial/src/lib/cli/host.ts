import { networkInterfaces } from 'node:os'
import type { Server } from '@phial/serve'

/** Whether only this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return (
    /^127(?:\.\d{1,3}){3}$/.test(host) ||
    host === '::1' ||
    host === '[::1]' ||
    host.toLowerCase() === 'localhost'
  )
}

/** The path of `unix:///path`, or null for any other host. */
export function socketPath(host: string): string | null {
  return host.startsWith('unix://') ? host.slice('unix://'.length) : null
}

/** Where a server is reached: its URL, and with `0.0.0.0` or `::` those of the machine's addresses. */
export function reachableUrls(server: Pick<Server, 'hostname' | 'port' | 'url'>): string[] {
  const { hostname, port, url } = server
  if (port === null || (hostname !== '0.0.0.0' && hostname !== '::')) return [url]
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  const others = addresses.filter(
    ({ family, internal }) => !internal && (family === 'IPv4' || hostname === '::'),
  )
  // Link-local addresses are of no use without the name of an interface.
  const usable = others.filter(({ address }) => !address.startsWith('fe80:'))
  const { protocol } = new URL(url)
  const hosts = usable.map(({ address }) => (address.includes(':') ? `[${address}]` : address))
  return [url, ...hosts.map((host) => `${protocol}//${host}:${port}`)]
}
