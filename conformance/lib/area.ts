import type { Json } from './values.ts'

/** The text of an error that came as it should. */
export interface MessageVerdict {
  readonly isOwn: boolean
  readonly isEqual: boolean
}

/** What became of one case (or one step of a transcript). */
export interface CaseResult {
  readonly id: string
  readonly verdict: 'passed' | 'failed' | 'skipped'
  /** Why it was skipped, or where the results part. Empty for a case that passed. */
  readonly reason: string
  /** The function, the operation or the request. */
  readonly fn: string
  readonly args?: Json
  readonly expected?: Json
  readonly got?: Json
  /** For an expected error that came: whether its class is one of the template engine, and whether the text is equal. */
  readonly message?: MessageVerdict
}

/** One file of cases. */
export interface Area {
  /** As in `utils/accept`. */
  readonly name: string
  readonly path: string
}

/**
 * The ways of running a template: as generated code, as closures, as a module compiled ahead of time, by the engine for
 * pages.
 */
export const TEMPLATE_MODES = ['generated', 'closures', 'modules', 'web'] as const

export type TemplateMode = (typeof TEMPLATE_MODES)[number]

/** What the command line says about how to run. */
export interface RunSettings {
  /** The folder with `http/` and `jinja/`. */
  readonly directory: string
  /** Where the adapters lie. */
  readonly adapters: string
  /** Where the applications of the transcripts lie. */
  readonly apps: string
  /** Sends the requests of transcripts through a server on this machine. */
  readonly socket: boolean
  /** The way in which templates are run; null for the default ones. */
  readonly mode: TemplateMode | null
  /** Whether the case of this id is run. */
  readonly wants: (id: string) => boolean
  /** Takes what is worth telling besides the results. */
  readonly note: (text: string) => void
}

/** Areas of one kind: `routing`, `utils`, `apps`, `jinja`. */
export interface AreaGroup {
  readonly name: string
  /** The areas in `directory`, sorted by name; none if the folder is not there. */
  list(directory: string): Promise<Area[]>
  /** How many cases the area has. */
  count(area: Area): Promise<number>
  run(area: Area, settings: RunSettings): Promise<CaseResult[]>
}
