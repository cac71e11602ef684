import {
  type Accept,
  parseAccept,
  parseCharsetAccept,
  parseLanguageAccept,
  parseMimeAccept,
} from '@phial/http/headers'

interface AcceptArgs {
  kind: 'accept' | 'mime' | 'language' | 'charset'
  value: string | null
}

const PARSERS = {
  accept: parseAccept,
  mime: parseMimeAccept,
  language: parseLanguageAccept,
  charset: parseCharsetAccept,
}

function parse({ kind, value }: AcceptArgs): Accept {
  return PARSERS[kind](value)
}

export const functions: Record<string, (args: never) => unknown> = {
  accept_parse: (args: AcceptArgs) => {
    const accept = parse(args)
    return { values: [...accept], best: accept.best, header: accept.toHeader(), provided: accept.provided }
  },
  accept_best_match: (args: AcceptArgs & { matches: string[]; default?: string | null }) =>
    parse(args).bestMatch(args.matches, args.default ?? null),
  accept_quality: (args: AcceptArgs & { key: string }) => {
    const accept = parse(args)
    return {
      quality: accept.quality(args.key),
      contains: accept.has(args.key),
      find: accept.indexOf(args.key),
    }
  },
  accept_flags: ({ value }: { value: string | null }) => {
    const accept = parseMimeAccept(value)
    return { html: accept.acceptHtml, xhtml: accept.acceptXhtml, json: accept.acceptJson }
  },
}
