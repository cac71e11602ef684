import { Markup } from '@phial/markup/core'
import { capitalize } from '@phial/markup/text'
import type { EnvironmentView } from './runtime-interface.ts'
import { indexArgument } from './values/methods/arguments.ts'
import { ValueError } from './values/python-errors.ts'
import { readSignature, withSignature } from './values/signature.ts'
import { escapeText } from './values/text-value.ts'
import { isTrue } from './values/truth.ts'

const WORDS =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum at vero eos accusam justo duo dolores rebum stet clita kasd gubergren no sea takimata sanctus'

/** Enough for any page; a template must not take all memory. */
const MAX_WORDS = 1_000_000

/** Paragraphs of Latin that means nothing, of `min` to below `max` words each. */
const lipsum = withSignature(
  readSignature('generate_lorem_ipsum(n?, html?, min?, max?)', 'environment'),
  (
    environment: EnvironmentView,
    n: unknown = 5,
    html: unknown = true,
    min: unknown = 20,
    max: unknown = 100,
  ) => {
    const count = indexArgument(n)
    const least = indexArgument(min)
    const most = indexArgument(max)
    if (least >= most)
      throw new ValueError(`empty range for randrange() (${least}, ${most}, ${most - least})`)
    if (count * most > MAX_WORDS) throw new ValueError(`lipsum() makes at most ${MAX_WORDS} words`)
    const words = WORDS.split(' ')
    const between = (low: number, high: number): number =>
      low + Math.floor(environment.random() * (high - low))
    const paragraphs: string[] = []
    for (let index = 0; index < count; index++)
      paragraphs.push(paragraph(words, between(least, most), between))
    if (!isTrue(html)) return paragraphs.join('\n\n')
    return new Markup(paragraphs.map((text) => `<p>${escapeText(text)}</p>`).join('\n'))
  },
)

function paragraph(
  words: readonly string[],
  length: number,
  between: (low: number, high: number) => number,
): string {
  let text = ''
  let last = ''
  let isStart = true
  let lastComma = 0
  let lastStop = 0
  for (let index = 0; index < length; index++) {
    let word = last
    while (word === last) word = words[between(0, words.length)]!
    last = word
    if (isStart) word = capitalize(word)
    isStart = false
    if (index - between(3, 8) > lastComma) {
      lastComma = index
      lastStop += 2
      word += ','
    }
    if (index - between(10, 20) > lastStop) {
      lastComma = index
      lastStop = index
      word += '.'
      isStart = true
    }
    text += (index === 0 ? '' : ' ') + word
  }
  return text.endsWith('.') ? text : `${text.replace(/,$/, '')}.`
}

/** The global `lipsum`. */
export const lipsumFunctions: readonly (readonly [name: string, value: unknown])[] = [['lipsum', lipsum]]
