/** The escape that the hand-written pages use: the one that was measured to be the fastest. */
const SPECIAL = /[&<>"']/
const ALL = /[&<>"']/g
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }
const entity = (character) => ENTITIES[character]

export function escapeHtml(text) {
  return SPECIAL.test(text) ? text.replace(ALL, entity) : text
}
