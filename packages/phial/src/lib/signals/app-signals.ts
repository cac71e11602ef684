import type { Template } from '@phial/jinja'
import type { Phial } from '../app.ts'
import type { Context, RequestContext } from '../context/context.ts'
import type { Response } from '../response.ts'
import { Signal } from './signal.ts'

/** What signals of a request are about. */
export interface RequestSignal {
  readonly context: RequestContext
}

/** Sent before the before hooks. */
export const requestStarted: Signal<RequestSignal, Phial> = new Signal('request-started')

/** Sent when the response is ready, after the after hooks. */
export const requestFinished: Signal<RequestSignal & { readonly response: Response }, Phial> = new Signal(
  'request-finished',
)

/** Sent for an error that no handler took, before it becomes a 500. */
export const gotRequestException: Signal<RequestSignal & { readonly error: unknown }, Phial> = new Signal(
  'got-request-exception',
)

/** Sent at the end of a request, whatever happened; the error is that which nothing handled, or null. */
export const requestTearingDown: Signal<RequestSignal & { readonly error: unknown }, Phial> = new Signal(
  'request-tearing-down',
)

/** What signals of a context are about. */
export interface ContextSignal {
  readonly context: Context
}

/** Sent when a context has been entered. */
export const appContextPushed: Signal<ContextSignal, Phial> = new Signal('appcontext-pushed')

/** Sent when a context ends, after its teardown functions. */
export const appContextTearingDown: Signal<ContextSignal & { readonly error: unknown }, Phial> = new Signal(
  'appcontext-tearing-down',
)

/** Sent when a context has ended; nothing is current any more. */
export const appContextPopped: Signal<ContextSignal, Phial> = new Signal('appcontext-popped')

/** A template and the values that it is rendered with. */
export interface TemplateSignal {
  readonly template: Template
  /** The values by name, those of context processors included. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Sent before a template is rendered. */
export const beforeRenderTemplate: Signal<TemplateSignal, Phial> = new Signal('before-render-template')

/** Sent when a template has been rendered. */
export const templateRendered: Signal<TemplateSignal, Phial> = new Signal('template-rendered')

/** Sent when a message was flashed. */
export const messageFlashed: Signal<{ readonly message: unknown; readonly category: string }, Phial> =
  new Signal('message-flashed')
