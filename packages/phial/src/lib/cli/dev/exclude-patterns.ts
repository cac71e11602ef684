import { relative } from 'node:path'

/**
 * Whether a path is one of patterns as shells have them: `*` is any text, slashes too, `?` one character, `[ab]` one of
 * these. The absolute path counts, and the one relative to a folder.
 */
export function createExclude(patterns: readonly string[], folder: string): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const expressions = patterns.map(toRegExp)
  return (path) => {
    const shown = relative(folder, path)
    return expressions.some((expression) => expression.test(path) || expression.test(shown))
  }
}

function toRegExp(pattern: string): RegExp {
  const source = pattern.replace(/\*+|\?|\[!?[^\]]+\]|[^*?[]+|\[/g, (part) => {
    if (part.startsWith('*')) return '.*'
    if (part === '?') return '.'
    if (/^\[.+\]$/.test(part)) {
      const isNegated = part[1] === '!'
      const members = part.slice(isNegated ? 2 : 1, -1).replace(/[\\^\]]/g, '\\$&')
      return `[${isNegated ? '^' : ''}${members}]`
    }
    return part.replace(/[.+^${}()|\\[\]/]/g, '\\$&')
  })
  return new RegExp(`^${source}$`, 's')
}
