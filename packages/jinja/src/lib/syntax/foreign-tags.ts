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
