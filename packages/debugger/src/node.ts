/**
 * The debugger around an application, for development servers. It runs code for whoever sees its pages, so it is to be
 * imported where development begins, and nowhere else.
 *
 * @module
 */
export type { GeneratedFrame, TemplateFrame, TemplateFrames, TemplateInsight } from './lib/live-frame.ts'
export type { ErrorPlace } from './lib/node/build-report.ts'
export type { AppDebugger, DebuggerOptions } from './lib/node/create-debugger.ts'
export { createDebugger } from './lib/node/create-debugger.ts'
export type { AnyApp, DebuggedApp } from './lib/node/debugged-app.ts'
export type { AppKnowledge, DebuggedRequest } from './lib/node/debugger-state.ts'
export type { ErrorNotes } from './lib/node/error-app.ts'
export type { PanelValues } from './lib/node/request-panels.ts'
export type { ErrorReport, Hint } from './lib/report.ts'
