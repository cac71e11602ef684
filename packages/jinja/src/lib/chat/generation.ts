import { Extension } from '../extensions/extension.ts'
import type { Name, Position, Statement } from '../syntax/ast.ts'
import type { Parser } from '../syntax/parser.ts'

/** A part of a text, in UTF-16 code units: `text.slice(start, end)`. */
export interface TextSpan {
  readonly start: number
  readonly end: number
}

/** The variables that print where a part begins and ends. They are not set where nobody asks for the spans. */
const EDGES = { start: '_generation_start', end: '_generation_end' } as const

/** `{% generation %}…{% endgeneration %}`: what the model is to learn to say. It prints its body. */
export class GenerationExtension extends Extension {
  static readonly identifier: string = 'phial.chat.generation'

  override readonly tags: ReadonlySet<string> = new Set(['generation'])

  override parse(parser: Parser): readonly Statement[] {
    const { line, column } = parser.stream.next()
    const place: Position = { line, column }
    const body = parser.parseStatements(['name:endgeneration'], true)
    // A scope, as the call block that transformers makes of it: what is set inside is not seen outside.
    return [edge(EDGES.start, place), { kind: 'Scope', ...place, body }, edge(EDGES.end, place)]
  }
}

function edge(name: string, place: Position): Statement {
  const node: Name = { kind: 'Name', ...place, name, ctx: 'load' }
  return { kind: 'Output', ...place, nodes: [node] }
}

/** Marks that no text of a conversation has: half of a mark is a character that Unicode reserves, the rest cannot be known. */
export class GenerationMarks {
  readonly #start: string
  readonly #end: string

  constructor() {
    const secret = crypto.randomUUID()
    this.#start = `\uFDD0${secret}<\uFDD1`
    this.#end = `\uFDD0${secret}>\uFDD1`
  }

  /** The variables that make a template print the marks. */
  get variables(): Readonly<Record<string, string>> {
    return { [EDGES.start]: this.#start, [EDGES.end]: this.#end }
  }

  /** The text without the marks, and what stood between them. Parts inside of parts belong to the outer one. */
  read(marked: string): { text: string; spans: TextSpan[] } {
    const spans: TextSpan[] = []
    const { length } = this.#start
    let text = ''
    let from = 0
    let depth = 0
    let start = 0
    for (let at = this.#next(marked, 0); at >= 0; at = this.#next(marked, from)) {
      text += marked.slice(from, at)
      from = at + length
      if (marked.startsWith(this.#start, at)) {
        if (depth === 0) start = text.length
        depth += 1
      } else if (depth > 0) {
        depth -= 1
        if (depth === 0) spans.push({ start, end: text.length })
      }
    }
    return { text: text + marked.slice(from), spans }
  }

  #next(marked: string, from: number): number {
    return marked.indexOf(this.#start.slice(0, -2), from)
  }
}

/**
 * Which tokens an assistant has said, for training: 1 for each token that touches one of the spans, else 0.
 *
 * @param spans From {@link RenderedChat.assistantSpans}, in order.
 * @param offsets Where each token begins and ends in the rendered text, as tokenizers give it, in UTF-16 code units and
 *   in order.
 */
export function assistantMask(
  spans: readonly TextSpan[],
  offsets: readonly (readonly [start: number, end: number])[],
): (0 | 1)[] {
  let index = 0
  return offsets.map(([start, end]) => {
    while (index < spans.length && spans[index]!.end <= start) index += 1
    const span = spans[index]
    return span !== undefined && start < end && span.start < end ? 1 : 0
  })
}
