/** Tags of extensions that come with the engine, which are not turned on. */
const EXTENSION_TAGS: ReadonlyMap<string, string> = new Map([
  ['trans', 'i18n'],
  ['do', 'do'],
  ['break', 'loopcontrols'],
  ['continue', 'loopcontrols'],
  ['debug', 'debug'],
])

/** Tags of other template languages, and how the same is written here. */
const OTHER_TAGS: ReadonlyMap<string, string> = new Map([
  ['empty', '{% else %}'],
  ['unless', '{% if not … %}'],
  ['ifequal', '{% if a == b %}'],
  ['verbatim', '{% raw %}'],
  ['comment', '{# … #}'],
  ['spaceless', '{%- … -%}'],
  ['assign', '{% set … %}'],
  ['asyncEach', '{% for … %}'],
  ['asyncAll', '{% for … %}'],
  ['cycle', '{{ loop.cycle(…) }}'],
])

/** What to do about a tag that another language, or an extension, has. `null` for all others. */
export function foreignTagHint(tag: string): string | null {
  const extension = EXTENSION_TAGS.get(tag)
  if (extension !== undefined)
    return `The extension 'jinja2.ext.${extension}' has it: give it to the environment.`
  const other = OTHER_TAGS.get(tag)
  return other === undefined ? null : `Here it is written ${other}`
}

/** What to say of a tag that goes on with, or closes, one that is not open. */
export function notOpenHint(tag: string): string {
  const opening = tag.startsWith('end') ? `'${tag.slice(3)}'` : tag === 'else' ? "'if' or 'for'" : "'if'"
  return `There is no open ${opening} that it could belong to.`
}

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['?', 'A choice is written {{ a if condition else b }}.'],
  ['&', "It is written 'and'."],
  ['!', "It is written 'not'."],
  ["'", 'A text begins here, and does not end.'],
  ['"', 'A text begins here, and does not end.'],
  ['`', 'Texts stand in \' or ".'],
])

/** What to do about a character that expressions do not have. */
export function characterHint(character: string): string | null {
  return CHARACTERS.get(character) ?? null
}
