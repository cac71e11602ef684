/** What `import.meta` is to an application: where its module lies. */
export interface ModuleMeta {
  readonly url?: string
  readonly dirname?: string
  readonly filename?: string
}

/** The folder of a module, or null where the runtime does not tell (Workers). */
export function folderOf(meta: ModuleMeta): string | null {
  if (meta.dirname !== undefined) return meta.dirname
  const path = pathOf(meta)
  if (path === null) return null
  const slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return slash <= 0 ? '/' : path.slice(0, slash)
}

/** The name of a module's file without its ending, or null where the runtime does not tell. */
export function fileName(meta: ModuleMeta): string | null {
  const path = pathOf(meta)
  if (path === null) return null
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const dot = base.lastIndexOf('.')
  return dot > 0 ? base.slice(0, dot) : base
}

function pathOf(meta: ModuleMeta): string | null {
  if (meta.filename !== undefined) return meta.filename
  if (meta.url === undefined || !meta.url.startsWith('file:')) return null
  const path = decodeURIComponent(new URL(meta.url).pathname)
  // `/C:/folder` is a path of Windows.
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path
}

/**
 * The instance folder of an application.
 *
 * @throws TypeError if the given one is not absolute.
 */
export function resolveInstancePath(rootPath: string | null, given: string | undefined): string | null {
  if (given === undefined) return rootPath === null ? null : `${rootPath.replace(/[/\\]+$/, '')}/instance`
  if (!isAbsolutePath(given)) {
    throw new TypeError(`The instancePath must be an absolute path; got ${JSON.stringify(given)}.`)
  }
  return given
}

/** Whether a path starts at a root or a drive. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)
}
