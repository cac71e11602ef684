import type { AccessRules, RequestHead } from '../guard.ts'
import type { TemplateFrames } from '../live-frame.ts'
import type { ProjectFolders } from '../project.ts'
import type { Hint } from '../report.ts'
import type { FrameCapture } from './capture.ts'
import type { HeldTracebacks } from './held-tracebacks.ts'
import type { PinGate } from './pin.ts'
import type { PanelValues } from './request-panels.ts'
import type { SourceMaps } from './source-maps.ts'

/** What the debugger needs of a request; those of Fetch and of Phial have it. */
export interface DebuggedRequest extends RequestHead {
  text(): Promise<string>
}

/** What a framework tells of itself. */
export interface AppKnowledge {
  /** Values to show with an error: route, form, session, configuration. Secrets are hidden by their names. */
  panels?: (
    request: DebuggedRequest,
    error: unknown,
  ) => readonly PanelValues[] | Promise<readonly PanelValues[]>
  /** What is likely wrong. */
  hints?: (error: unknown, request: DebuggedRequest) => readonly Hint[]
  /** Whether an error is an answer, such as that of `abort(404)`: nothing is kept for it, and it is passed on. */
  ignores?: (error: unknown) => boolean
  /** The function that answers a request; its source is shown where the stack has nothing of the application. */
  viewOf?: (request: DebuggedRequest) => unknown
  /** The frames of templates. */
  templates?: TemplateFrames
}

/** What all requests share. */
export interface DebuggerState {
  /** Where the debugger's own pages lie. */
  readonly path: string
  readonly rules: AccessRules
  readonly folders: ProjectFolders
  /** Where the debugger itself lies, as a file URL. */
  readonly ownFolder: string
  readonly capture: FrameCapture | null
  readonly maps: SourceMaps
  readonly quietly: <Result>(work: () => Result) => Result
  readonly held: HeldTracebacks
  readonly gate: PinGate
  readonly secret: string
  readonly asksPin: boolean
  readonly editor: string | null
  readonly searchUrl: string | null
  readonly notes: readonly string[]
  readonly write: (text: string) => void
  readonly colors: boolean
}
