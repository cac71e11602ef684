import type { SyntaxOptions } from './delimiters.ts'

/** Where a source comes from, for messages, and how it is written. */
export interface SourceOptions {
  /** Default: {@link defaultSyntax}. One object for many sources is quickest: what is made of it is kept. */
  readonly syntax?: SyntaxOptions
  /** The name of the template. Default: none. */
  readonly name?: string | null
  /** Its file. Default: none. */
  readonly filename?: string | null
}

/** Text with one kind of newlines, without the last one unless it is kept: what positions in messages count in. */
export function normalizedSource(source: string, syntax: SyntaxOptions): string {
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  return !syntax.keepTrailingNewline && text.endsWith('\n') ? text.slice(0, -1) : text
}
