import { SPACES } from '@phial/markup/text'

/** The questions of Python's `str.isalpha()` and its like. None holds for the empty text but `isAscii` and `isPrintable`. */

const ALPHABETIC = /^\p{L}+$/u
const DECIMAL = /^\p{Nd}+$/u
// Digits that are not decimal, such as superscripts: Unicode's Numeric_Type=Digit, which JavaScript cannot ask for.
const DIGIT =
  /^[\p{Nd}\u{b2}\u{b3}\u{b9}\u{1369}-\u{1371}\u{19da}\u{2070}\u{2074}-\u{2079}\u{2080}-\u{2089}\u{2460}-\u{2468}\u{2474}-\u{247c}\u{2488}-\u{2490}\u{24ea}\u{24f5}-\u{24fd}\u{24ff}\u{2776}-\u{277e}\u{2780}-\u{2788}\u{278a}-\u{2792}\u{10a40}-\u{10a43}\u{10e60}-\u{10e68}\u{11052}-\u{1105a}\u{1f100}-\u{1f10a}]+$/u
// The second half: letters of Chinese that are numbers.
const NUMERIC =
  /^[\p{N}㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千-卅卌叁-叄四壱壹幺廾廿弌-弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零參拾兩零六陸什\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}]+$/u
const LETTER = /^\p{L}$/u
const SPACE = /* @__PURE__ */ new RegExp(`^[${SPACES}]+$`)
const ASCII = /^[\0-\x7f]*$/
const PRINTABLE = /^(?:[^\p{C}\p{Z}]| )*$/u
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u
const UPPERCASE = /\p{Uppercase}/u
const LOWERCASE = /\p{Lowercase}/u
const TITLECASE = /\p{Lt}/u

export function isAlphabetic(text: string): boolean {
  return ALPHABETIC.test(text)
}

export function isAlphanumeric(text: string): boolean {
  if (text === '') return false
  for (const character of text) if (!LETTER.test(character) && !NUMERIC.test(character)) return false
  return true
}

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
}

export function isDigit(text: string): boolean {
  return DIGIT.test(text)
}

export function isNumeric(text: string): boolean {
  return NUMERIC.test(text)
}

export function isSpaceText(text: string): boolean {
  return SPACE.test(text)
}

export function isAscii(text: string): boolean {
  return ASCII.test(text)
}

export function isPrintable(text: string): boolean {
  return PRINTABLE.test(text)
}

export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text)
}

/** At least one cased letter, and none of them large. */
export function isLower(text: string): boolean {
  return LOWERCASE.test(text) && !UPPERCASE.test(text) && !TITLECASE.test(text)
}

/** At least one cased letter, and none of them small. */
export function isUpper(text: string): boolean {
  return UPPERCASE.test(text) && !LOWERCASE.test(text) && !TITLECASE.test(text)
}

/** Large letters only behind letters without case, small ones only behind letters with case. */
export function isTitle(text: string): boolean {
  let afterCased = false
  let hasCased = false
  for (const character of text) {
    const isLarge = UPPERCASE.test(character) || TITLECASE.test(character)
    const isSmall = LOWERCASE.test(character)
    if (isLarge ? afterCased : isSmall && !afterCased) return false
    afterCased = isLarge || isSmall
    hasCased ||= afterCased
  }
  return hasCased
}
