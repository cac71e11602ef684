import type { MessagePort } from 'node:worker_threads'
import { missingUrl } from './loaded-files.ts'

interface ResolveContext {
  readonly parentURL?: string | undefined
}

interface Resolved {
  readonly url: string
}

type Next = (specifier: string, context: ResolveContext) => Promise<Resolved>

let port: MessagePort | null = null

/** Takes the port to which the URLs of modules go. */
export function initialize(data: MessagePort): void {
  port = data
}

/** Node's resolve hook: tells which modules are loaded, and changes nothing. */
export async function resolve(specifier: string, context: ResolveContext, next: Next): Promise<Resolved> {
  try {
    const resolved = await next(specifier, context)
    port?.postMessage(resolved.url)
    return resolved
  } catch (error) {
    const missing = missingUrl(specifier, context.parentURL)
    if (missing !== null) port?.postMessage(missing)
    throw error
  }
}
