import { replaceReferences } from '@phial/markup/core'

/**
 * The names of HTML 4, in the order of their characters: a number says how far a character is behind the one before, if
 * it is not the next. These letters have small ones 32 places behind, which are named in small letters.
 */
const LATIN_LETTERS =
  '192Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml 2Oslash Ugrave Uacute Ucirc Uuml Yacute THORN'
const GREEK_LETTERS =
  '913Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho 2Sigma Tau Upsilon Phi Chi Psi Omega'

/** Other names that, as those of Latin letters, count without a semicolon too. */
const LEGACY =
  '34quot 4amp 22lt 2gt 98nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest 24times 8szlig 24divide 8yuml'
const CAPITALS = '34QUOT 4AMP 22LT 2GT 107COPY 5REG'

/** All others. */
const SYMBOLS =
  '338OElig oelig 13Scaron scaron 23Yuml 26fnof 308circ 22tilde 230sigmaf 15thetasym upsih 4piv 7212ensp emsp 6thinsp 3zwnj zwj lrm rlm 4ndash mdash 4lsquo rsquo sbquo 2ldquo rdquo bdquo 2dagger Dagger bull 4hellip 10permil 2prime Prime 6lsaquo rsaquo 4oline 6frasl 104euro 101image 7weierp 4real 6trade 19alefsym 91larr uarr rarr darr harr 33crarr 27lArr uArr rArr dArr hArr 44forall 2part exist 2empty 2nabla isin notin 2ni 4prod 2sum minus 5lowast 3radic 3prop infin 2ang 7and or cap cup int 9there4 8sim 9cong 3asymp 24ne equiv 3le ge 29sub sup nsub 2sube supe 14oplus 2otimes 14perp 32sdot 67lceil rceil lfloor rfloor 703loz 150spades 3clubs 2hearts diams 386lang rang'

let names: Map<string, string> | undefined

function loadNames(): Map<string, string> {
  const map = new Map<string, string>()
  const read = (list: string, isLegacy: boolean, hasSmall: boolean = false): void => {
    const add = (name: string, code: number): void => {
      map.set(`${name};`, String.fromCodePoint(code))
      if (isLegacy) map.set(name, String.fromCodePoint(code))
    }
    let code = 0
    for (const [, distance, name] of list.matchAll(/(\d*)(\w+)/g)) {
      code += Number(distance || 1)
      add(name!, code)
      if (hasSmall) add(name!.toLowerCase(), code + 32)
    }
  }
  read(LATIN_LETTERS, true, true)
  read(LEGACY, true)
  read(CAPITALS, true)
  read(GREEK_LETTERS, false, true)
  read(SYMBOLS, false)
  return map
}

let unescapeAll: ((html: string) => string) | undefined

/** Replaces the character references of `striptags` and `unescape()`. See {@link setHtmlUnescape}. */
export function unescapeReferences(html: string): string {
  if (unescapeAll !== undefined) return unescapeAll(html)
  return replaceReferences(html, (name) => {
    names ??= loadNames()
    return names.get(name)
  })
}

/**
 * Sets what replaces character references in templates. On its own, the engine knows numbers and the 252 names of
 * HTML 4: a list of all 2125 names would be half its size. Where that does not matter, give it `unescape` of
 * `@phial/markup`, which knows them all.
 */
export function setHtmlUnescape(unescapeHtml: (html: string) => string): void {
  unescapeAll = unescapeHtml
}
