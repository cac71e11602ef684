/**
 * Reports of errors as data, and what they look like as text. The debugger itself is `@phial/debugger/node`.
 *
 * @module
 */
export { EDITOR_NAMES } from './lib/editor.ts'
export type { TemplateFrame, TemplateFrames } from './lib/live-frame.ts'
export type { StackFrame } from './lib/parse-stack.ts'
export { parseStack } from './lib/parse-stack.ts'
export type { FrameKind } from './lib/project.ts'
export { renderMarkdown } from './lib/render/markdown.ts'
export type { TextOptions } from './lib/render/text.ts'
export { renderTerminal, renderText } from './lib/render/text.ts'
export type {
  ErrorReport,
  Hint,
  Panel,
  ReportedError,
  ReportedFrame,
  ReportedRequest,
  SourceExcerpt,
  Variable,
} from './lib/report.ts'
export { isSecretName } from './lib/secrets.ts'
export type { Tree, TreeEntry, TreeType } from './lib/tree.ts'
