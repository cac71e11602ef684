import {
  capitalize,
  caseFold,
  center,
  expandTabs,
  ljust,
  lstrip,
  partition,
  removePrefix,
  removeSuffix,
  replace,
  rjust,
  rpartition,
  rsplit,
  rstrip,
  split,
  splitLines,
  strip,
  swapCase,
  title,
  translate,
  zfill,
} from '@phial/markup/text'
import type { EnvironmentView } from '../../runtime-interface.ts'
import { braceFormat } from '../brace-format.ts'
import {
  isAlphabetic,
  isAlphanumeric,
  isAscii,
  isDecimal,
  isDigit,
  isIdentifier,
  isLower,
  isNumeric,
  isPrintable,
  isSpaceText,
  isTitle,
  isUpper,
} from '../character-tests.ts'
import { codePointLength, codePointOffset, codePointSlice } from '../code-points.ts'
import { guardedFields } from '../field-lookup.ts'
import { toArray } from '../iterate.ts'
import type { Kwargs } from '../kwargs.ts'
import { ValueError } from '../python-errors.ts'
import type { Text } from '../text-value.ts'
import { plainTextOf } from '../text-value.ts'
import { Tuple, tupleOf } from '../tuple.ts'
import { typeName } from '../type-name.ts'
import {
  boundsArgument,
  charsArgument,
  countArgument,
  flagArgument,
  textArgument,
  widthArgument,
} from './arguments.ts'
import { encode, encodingArgument, errorsArgument } from './encoding.ts'
import type { MethodTable } from './method.ts'
import { keywordMethod, method, specialMethod } from './method.ts'
import { translationOf, translationTable } from './translation.ts'

/** Methods of `str`. What is text gives plain text; for Markup, `markup.ts` makes Markup of it. */
export const stringMethods: MethodTable = new Map([
  method('capitalize', '', (self: Text) => capitalize(self.toString())),
  method('casefold', '', (self: Text) => caseFold(self.toString())),
  method('lower', '', (self: Text) => self.toString().toLowerCase()),
  method('upper', '', (self: Text) => self.toString().toUpperCase()),
  method('title', '', (self: Text) => title(self.toString())),
  method('swapcase', '', (self: Text) => swapCase(self.toString())),

  method('center', 'width, fillchar?', (self: Text, width, fill) =>
    center(self.toString(), widthArgument(width), fillArgument(fill)),
  ),
  method('ljust', 'width, fillchar?', (self: Text, width, fill) =>
    ljust(self.toString(), widthArgument(width), fillArgument(fill)),
  ),
  method('rjust', 'width, fillchar?', (self: Text, width, fill) =>
    rjust(self.toString(), widthArgument(width), fillArgument(fill)),
  ),
  method('zfill', 'width', (self: Text, width) => zfill(self.toString(), widthArgument(width))),
  keywordMethod('expandtabs', 'tabsize?', (self: Text, size) =>
    expandTabs(self.toString(), size === undefined ? 8 : widthArgument(size)),
  ),

  method('strip', 'chars?', (self: Text, chars) => strip(self.toString(), charsArgument(chars, 'strip'))),
  method('lstrip', 'chars?', (self: Text, chars) => lstrip(self.toString(), charsArgument(chars, 'lstrip'))),
  method('rstrip', 'chars?', (self: Text, chars) => rstrip(self.toString(), charsArgument(chars, 'rstrip'))),
  method('removeprefix', 'prefix', (self: Text, prefix) =>
    removePrefix(
      self.toString(),
      textArgument(prefix, (type) => `removeprefix() argument must be str, not ${type}`),
    ),
  ),
  method('removesuffix', 'suffix', (self: Text, suffix) =>
    removeSuffix(
      self.toString(),
      textArgument(suffix, (type) => `removesuffix() argument must be str, not ${type}`),
    ),
  ),

  keywordMethod('split', 'sep?, maxsplit?', (self: Text, sep, maxSplit) => {
    const count = countArgument(maxSplit)
    return split(self.toString(), separatorArgument(sep), count)
  }),
  keywordMethod('rsplit', 'sep?, maxsplit?', (self: Text, sep, maxSplit) => {
    const count = countArgument(maxSplit)
    return rsplit(self.toString(), separatorArgument(sep), count)
  }),
  keywordMethod('splitlines', 'keepends?', (self: Text, keep = false) =>
    splitLines(self.toString(), flagArgument(keep)),
  ),
  method('partition', 'sep', (self: Text, sep) =>
    partsOf(partition(self.toString(), fullText(sep, 'str')), sep),
  ),
  method('rpartition', 'sep', (self: Text, sep) =>
    partsOf(rpartition(self.toString(), fullText(sep, 'str')), sep),
  ),
  method('join', 'iterable', (self: Text, iterable) => joinTexts(self.toString(), iterable)),
  method('replace', 'old, new, count?', (self: Text, old, replacement, count) =>
    replace(
      self.toString(),
      textArgument(old, (type) => `replace() argument 1 must be str, not ${type}`),
      textArgument(replacement, (type) => `replace() argument 2 must be str, not ${type}`),
      countArgument(count),
    ),
  ),
  method('translate', 'table', (self: Text, table) => translate(self.toString(), translationOf(self, table))),
  method('maketrans', 'x, y?, z?', (_: Text, x, y, z) => translationTable(x, y, z)),

  method('startswith', 'prefix, start?, end?', (self: Text, prefix, start, stop) =>
    hasAffix(self.toString(), prefix, start, stop, 'startswith'),
  ),
  method('endswith', 'suffix, start?, end?', (self: Text, suffix, start, stop) =>
    hasAffix(self.toString(), suffix, start, stop, 'endswith'),
  ),
  method('find', 'sub, start?, end?', (self: Text, sub, start, stop) =>
    find(self.toString(), sub, start, stop, false),
  ),
  method('rfind', 'sub, start?, end?', (self: Text, sub, start, stop) =>
    find(self.toString(), sub, start, stop, true),
  ),
  method('index', 'sub, start?, end?', (self: Text, sub, start, stop) =>
    found(find(self.toString(), sub, start, stop, false)),
  ),
  method('rindex', 'sub, start?, end?', (self: Text, sub, start, stop) =>
    found(find(self.toString(), sub, start, stop, true)),
  ),
  method('count', 'sub, start?, end?', (self: Text, sub, start, stop) =>
    count(self.toString(), sub, start, stop),
  ),

  method('isalnum', '', (self: Text) => isAlphanumeric(self.toString())),
  method('isalpha', '', (self: Text) => isAlphabetic(self.toString())),
  method('isascii', '', (self: Text) => isAscii(self.toString())),
  method('isdecimal', '', (self: Text) => isDecimal(self.toString())),
  method('isdigit', '', (self: Text) => isDigit(self.toString())),
  method('isidentifier', '', (self: Text) => isIdentifier(self.toString())),
  method('islower', '', (self: Text) => isLower(self.toString())),
  method('isnumeric', '', (self: Text) => isNumeric(self.toString())),
  method('isprintable', '', (self: Text) => isPrintable(self.toString())),
  method('isspace', '', (self: Text) => isSpaceText(self.toString())),
  method('istitle', '', (self: Text) => isTitle(self.toString())),
  method('isupper', '', (self: Text) => isUpper(self.toString())),

  keywordMethod('encode', 'encoding?, errors?', (self: Text, encoding = 'utf-8', errors = 'strict') =>
    encode(self.toString(), encodingArgument(encoding, 'encode'), errorsArgument(errors, 'encode')),
  ),
  specialMethod(
    'format',
    '',
    { pass: 'environment', varargs: true, keywords: true },
    (self: Text, environment: EnvironmentView, args: unknown[], kwargs: Kwargs) =>
      braceFormat(self, args, kwargs, guardedFields(environment)),
  ),
  specialMethod(
    'format_map',
    'mapping',
    { pass: 'environment', positionalOnly: true },
    (self: Text, environment: EnvironmentView, mapping) =>
      braceFormat(self, null, mapping, guardedFields(environment)),
  ),
])

function fillArgument(fill: unknown): string {
  if (fill === undefined) return ' '
  const text = textArgument(fill, (type) => `The fill character must be a unicode character, not ${type}`)
  if (codePointLength(text) !== 1)
    throw new TypeError('The fill character must be exactly one character long')
  return text
}

function separatorArgument(separator: unknown): string | null {
  if (separator === undefined || separator === null) return null
  return fullText(separator, 'str or None')
}

function fullText(separator: unknown, wanted: string): string {
  const text = textArgument(separator, (type) => `must be ${wanted}, not ${type}`)
  if (text === '') throw new ValueError('empty separator')
  return text
}

/** The separator stays what it is: Markup or text. */
function partsOf(parts: readonly string[], separator: unknown): Tuple {
  return tupleOf(parts.map((part, index) => (index === 1 && part !== '' ? separator : part)))
}

function joinTexts(separator: string, iterable: unknown): string {
  const items = toArray(iterable)
  let out = ''
  for (let index = 0; index < items.length; index++) {
    const text = plainTextOf(items[index])
    if (text === undefined) {
      throw new TypeError(`sequence item ${index}: expected str instance, ${typeName(items[index])} found`)
    }
    out += index === 0 ? text : separator + text
  }
  return out
}

function hasAffix(
  text: string,
  affix: unknown,
  start: unknown,
  stop: unknown,
  name: 'startswith' | 'endswith',
): boolean {
  const affixes = affix instanceof Tuple ? affix : [affix]
  const part = start === undefined && stop === undefined ? text : within(text, start, stop)
  for (const candidate of affixes) {
    const wanted = textArgument(
      candidate,
      (type) => `${name} first arg must be str or a tuple of str, not ${type}`,
    )
    if (part !== undefined && (name === 'startswith' ? part.startsWith(wanted) : part.endsWith(wanted)))
      return true
  }
  return false
}

/** The part of a text between two bounds; `undefined` if they lie outside, where not even the empty text is found. */
function within(text: string, start: unknown, stop: unknown): string | undefined {
  const length = codePointLength(text)
  const bounds = boundsArgument(start, stop, length)
  if (bounds.start > bounds.stop || bounds.start > length) return undefined
  return codePointSlice(text, bounds.start, Math.min(bounds.stop, length))
}

function find(text: string, sub: unknown, start: unknown, stop: unknown, fromEnd: boolean): number {
  const wanted = textArgument(sub, (type) => `must be str, not ${type}`)
  const part = within(text, start, stop)
  if (part === undefined) return -1
  const at = codePointOffset(part, fromEnd ? part.lastIndexOf(wanted) : part.indexOf(wanted))
  return at < 0 ? -1 : at + boundsArgument(start, stop, codePointLength(text)).start
}

function found(position: number): number {
  if (position < 0) throw new ValueError('substring not found')
  return position
}

function count(text: string, sub: unknown, start: unknown, stop: unknown): number {
  const wanted = textArgument(sub, (type) => `must be str, not ${type}`)
  const part = within(text, start, stop)
  if (part === undefined) return 0
  if (wanted === '') return codePointLength(part) + 1
  let found = 0
  for (let at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + wanted.length)) found += 1
  return found
}
