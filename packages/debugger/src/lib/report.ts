import type { FrameKind } from './project.ts'
import type { Tree } from './tree.ts'

/** Everything that is shown of an error, as data. `JSON.stringify` of it is the report for programs. */
export interface ErrorReport {
  /** The name under which the frames are kept, or null if they are not. */
  readonly id: string | null
  /** When it was thrown, in ISO 8601. */
  readonly time: string
  /** The error; then its causes and members, each after what it belongs to. */
  readonly errors: readonly ReportedError[]
  readonly request: ReportedRequest | null
  /** More about the request and the application, as the framework tells. */
  readonly panels: readonly Panel[]
  readonly hints: readonly Hint[]
  /** Why something is missing: consoles, variables. */
  readonly notes: readonly string[]
  /** The runtime with its version: `Node 24.21.0`. */
  readonly runtime: string
}

export interface ReportedRequest {
  readonly method: string
  readonly url: string
}

export interface ReportedError {
  /** What it is to the error before: '' for the thrown one, `Caused by`, `errors[0]`. */
  readonly relation: string
  /** The class of an error, the type of another value. */
  readonly type: string
  readonly message: string
  /** What else the error has: `code`, `errno`. */
  readonly details: readonly Variable[]
  /** Innermost first. */
  readonly frames: readonly ReportedFrame[]
  /** Where the error object was made, if that is elsewhere than where it was thrown. */
  readonly madeAt: readonly ReportedFrame[]
}

export interface ReportedFrame {
  /** Its number in the report. */
  readonly index: number
  readonly kind: FrameKind
  readonly functionName: string | null
  /** As it is shown: relative to the project. */
  readonly file: string | null
  readonly url: string | null
  /** From 1. */
  readonly line: number | null
  readonly column: number | null
  /** Whether it waited for the frame before. */
  readonly isAwaiting: boolean
  /** The library that it belongs to; null in the application. */
  readonly package: string | null
  readonly source: SourceExcerpt | null
  /** Null if they are not known. */
  readonly variables: readonly Variable[] | null
  /** Whether code can be evaluated in it. */
  readonly hasConsole: boolean
  /** What is to be known about it: why there are no variables. */
  readonly note: string | null
}

export interface SourceExcerpt {
  /** The number of the first line. */
  readonly start: number
  readonly lines: readonly string[]
  readonly language: 'javascript' | 'template'
}

export interface Variable {
  readonly name: string
  /** `block`, `local`, `closure` and so on; '' where it does not matter. */
  readonly scope: string
  readonly value: Tree
}

/** Named values, such as the headers of the request. */
export interface Panel {
  readonly title: string
  readonly rows: readonly Variable[]
  /** Whether it is folded until somebody opens it. */
  readonly isFolded: boolean
}

/** What is likely wrong, and what to do. */
export interface Hint {
  readonly title: string
  /** Paragraphs are separated by an empty line; `code` in backquotes. */
  readonly text: string
}
