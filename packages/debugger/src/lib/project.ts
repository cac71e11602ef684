/** Which files are the application's. */
export interface ProjectFolders {
  /** The folder of the application, as a file URL that ends with a slash. */
  readonly root: string
  /** Folders inside or outside of it whose files count as libraries, as file URLs that end with a slash. */
  readonly libraries: readonly string[]
}

/** Whose code a frame runs. `template` is for frames that a template engine gives. */
export type FrameKind = 'application' | 'library' | 'runtime' | 'template'

/** Whether a script is the application's own: a file that no package manager has put there. */
export function isApplicationUrl(url: string, folders: ProjectFolders): boolean {
  return kindOfUrl(url, folders) === 'application'
}

/** Whose code a script is. Files outside of the project are libraries, such as linked packages. */
export function kindOfUrl(url: string, { root, libraries }: ProjectFolders): FrameKind {
  if (!url.startsWith('file:')) return 'runtime'
  if (url.includes('/node_modules/') || !url.startsWith(root)) return 'library'
  return libraries.some((folder) => url.startsWith(folder)) ? 'library' : 'application'
}

/** How a script's place is shown: relative to the project where it lies in it, else from the name of its package on. */
export function shownUrl(url: string, { root }: ProjectFolders): string {
  if (url.startsWith(root) && !url.includes('/node_modules/')) return decode(url.slice(root.length))
  for (const folder of ['/node_modules/', '/packages/']) {
    const at = url.lastIndexOf(folder)
    if (at !== -1) return decode(url.slice(at + folder.length))
  }
  return url.startsWith('file://') ? decode(url.slice('file://'.length)) : url
}

/** The package that a library's file belongs to, or the scheme of what is no file: `express`, `node`. */
export function packageOfUrl(url: string): string {
  const inside = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//s.exec(url)
  if (inside !== null) return decode(inside[1]!)
  const inWorkspace = /.*\/packages\/([^/]+)\//s.exec(url)
  if (inWorkspace !== null) return decode(inWorkspace[1]!)
  const scheme = /^([\w+.-]+):/.exec(url)?.[1] ?? 'runtime'
  return scheme === 'file' ? 'other folders' : scheme
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
