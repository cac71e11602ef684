import { replaceReferences } from '@phial/markup/core'

/**
 * The names of HTML 4, by their code points in base 36; those without one follow the one before. These letters have small
 * ones 32 code points behind, which are named in small letters.
 */
const LATIN_LETTERS =
  '5c:Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml 60:Oslash Ugrave Uacute Ucirc Uuml Yacute THORN'
const GREEK_LETTERS =
  'pd:Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho pv:Sigma Tau Upsilon Phi Chi Psi Omega'

/** Other names that, as those of Latin letters, count without a semicolon too. */
const LEGACY =
  'y:quot 12:amp 1o:lt 1q:gt y:QUOT 12:AMP 1o:LT 1q:GT 4p:COPY 4u:REG 4g:nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest 5z:times 67:szlig 6v:divide 73:yuml'

/** All others. */
const SYMBOLS =
  '9e:OElig oelig 9s:Scaron scaron ag:Yuml b6:fnof jq:circ kc:tilde qq:sigmaf r5:thetasym upsih ra:piv 6bm:ensp emsp 6bt:thinsp 6bw:zwnj zwj lrm rlm 6c3:ndash mdash 6c8:lsquo rsquo sbquo 6cc:ldquo rdquo bdquo 6cg:dagger Dagger bull 6cm:hellip 6cw:permil 6cy:prime Prime 6d5:lsaquo rsaquo 6da:oline 6dg:frasl 6gc:euro 6j5:image 6jc:weierp 6jg:real 6jm:trade 6k5:alefsym 6mo:larr uarr rarr darr harr 6np:crarr 6og:lArr uArr rArr dArr hArr 6ps:forall 6pu:part exist 6px:empty 6pz:nabla isin notin 6q3:ni 6q7:prod 6q9:sum minus 6qf:lowast 6qi:radic 6ql:prop infin 6qo:ang 6qv:and or cap cup int 6r8:there4 6rg:sim 6rp:cong 6rs:asymp 6sg:ne equiv 6sk:le ge 6te:sub sup nsub 6ti:sube supe 6tx:oplus 6tz:otimes 6ud:perp 6v9:sdot 6x4:lceil rceil lfloor rfloor 7gq:loz 7kw:spades 7kz:clubs 7l1:hearts diams 7vs:lang rang'

let names: Map<string, string> | undefined

function loadNames(): Map<string, string> {
  const map = new Map<string, string>()
  const read = (list: string, isLegacy: boolean, hasSmall: boolean = false): void => {
    const add = (name: string, code: number): void => {
      map.set(`${name};`, String.fromCodePoint(code))
      if (isLegacy) map.set(name, String.fromCodePoint(code))
    }
    let code = 0
    for (const item of list.split(' ')) {
      const [start, name = start!] = item.split(':')
      code = name === start ? code + 1 : Number.parseInt(start!, 36)
      add(name, code)
      if (hasSmall) add(name.toLowerCase(), code + 32)
    }
  }
  read(LATIN_LETTERS, true, true)
  read(LEGACY, true)
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
