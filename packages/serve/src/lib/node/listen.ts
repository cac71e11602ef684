import { unlink } from 'node:fs/promises'
import { connect, type ListenOptions, type Server } from 'node:net'
import { type ListenTarget, toListenError } from '../listen-error.ts'

/**
 * Lets a server listen. A Unix socket that a process left behind which is gone is replaced.
 *
 * @throws ListenError
 */
export async function listen(server: Server, target: ListenTarget, reusePort: boolean): Promise<void> {
  try {
    await listenOnce(server, target, reusePort)
  } catch (error) {
    if (target.path === null || !(await isStale(error, target.path))) throw toListenError(error, target)
    await unlink(target.path)
    await listenOnce(server, target, reusePort).catch((second: unknown) => {
      throw toListenError(second, target)
    })
  }
}

function listenOnce(
  server: Server,
  { hostname, port, path }: ListenTarget,
  reusePort: boolean,
): Promise<void> {
  const options: ListenOptions & { reusePort?: boolean } = path === null ? { host: hostname, port } : { path }
  if (reusePort && path === null) options.reusePort = true
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Whether an error is about a socket that nobody listens on. */
function isStale(error: unknown, path: string): Promise<boolean> {
  if ((error as { code?: unknown }).code !== 'EADDRINUSE') return Promise.resolve(false)
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(false)
    })
    probe.once('error', (refused) => resolve((refused as { code?: unknown }).code === 'ECONNREFUSED'))
  })
}
