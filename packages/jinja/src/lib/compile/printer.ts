import { textCode } from './constant.ts'
import type { Frame } from './frame.ts'
import type { Writer } from './writer.ts'

/** How a {@link Printer} writes. */
export interface PrinterOptions {
  /** Whether values are collected instead of text. */
  readonly isNative: boolean
  /** Gives the code of text that is counted, where that is limited. */
  counted(code: string): string
}

type Part = { text: string; code?: undefined } | { text?: undefined; code: string }

/** Writes what a template prints. Neighbours become one expression: `out += "<b>" + escapeText(x) + "</b>"`. */
export class Printer {
  readonly #writer: Writer
  readonly #options: PrinterOptions
  /** What is to be printed, and not written yet. */
  #pending: { readonly frame: Frame; readonly parts: Part[] } | null = null

  constructor(writer: Writer, options: PrinterOptions) {
    this.#writer = writer
    this.#options = options
  }

  /** Prints text that is known. */
  text(frame: Frame, text: string): void {
    if (text === '' && !this.#options.isNative) return
    const parts = this.#partsFor(frame)
    const last = parts.at(-1)
    if (last?.text !== undefined) last.text += text
    else parts.push({ text })
  }

  /** Prints an expression: text, or a value. */
  code(frame: Frame, code: string): void {
    this.#partsFor(frame).push({ code })
  }

  /** Whether what is to be printed, and not written yet, is text that is known. */
  hasTextAlone(frame: Frame): boolean {
    const pending = this.#pending
    return (
      pending !== null &&
      pending.frame.buffer === frame.buffer &&
      pending.parts.every((part) => part.text !== undefined)
    )
  }

  #partsFor(frame: Frame): Part[] {
    if (this.#pending !== null && this.#pending.frame.buffer !== frame.buffer) this.flush()
    this.#pending ??= { frame, parts: [] }
    return this.#pending.parts
  }

  /** Writes what is to be printed. */
  flush(): void {
    if (this.#pending === null) return
    const { frame, parts } = this.#pending
    this.#pending = null
    const codes = parts.map((part) => part.code ?? textCode(part.text))
    const { buffer, isStreamed } = frame
    if (this.#options.isNative) {
      this.#writer.write(
        isStreamed
          ? codes.map((code) => `yield ${code}; `).join('')
          : `${buffer}.push(${codes.join(', ')}); `,
      )
      return
    }
    // Adding must begin with text, or numbers would be summed.
    if (parts[0]!.text === undefined && parts.length > 1 && parts[1]!.text === undefined) codes.unshift('""')
    this.#writer.write(`${buffer} += ${this.#options.counted(codes.join(' + '))}; `)
    if (isStreamed) {
      this.#writer.write(`if (${buffer}.length > context.pieceSize) { yield ${buffer}; ${buffer} = ""; } `)
    }
  }
}
