import { removeTags } from './remove-tags.ts'
import { unescapeHtml } from './unescape.ts'

/**
 * The text of HTML: comments and tags removed, white space collapsed to single blanks, entities replaced. For
 * excerpts and titles. The result is plain text: escape it before it goes into HTML again.
 *
 * As MarkupSafe's `striptags`: a comment or tag that does not end stays.
 */
export function stripTags(value: { toString(): string }): string {
  return unescapeHtml(removeTags(String(value)))
}
