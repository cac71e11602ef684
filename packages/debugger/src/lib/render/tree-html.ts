import { html, type Markup } from '@phial/markup'
import type { Tree } from '../tree.ts'

/** A value on one line. With `name` the script can open it: it is a variable of a frame that is kept. */
export function renderTree(tree: Tree, name: string | null): Markup {
  const { type, text, size } = tree
  const value = html`<code class="value ${type}">${text}</code>`
  if (name === null || size === 0) return value
  return html`<span class="tree" data-variable="${name}" data-size="${size}">${value}</span>`
}
