import { relative } from 'node:path'

/** What has changed, for a line: `views.ts`, or `views.ts and 3 more`. */
export function changeSummary(paths: readonly string[], cwd: string): string {
  const shown = relative(cwd, paths[0]!)
  return paths.length === 1 ? shown : `${shown} and ${paths.length - 1} more`
}
