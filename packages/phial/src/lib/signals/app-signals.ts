import type { Template } from '@phial/jinja'
import type { Phial } from '../app.ts'
import type { Context, RequestContext } from '../context/context.ts'
import type { Response } from '../response.ts'
import { shared } from '../shared.ts'
import { Signal } from './signal.ts'

/** What signals of a request are about. */
export interface RequestSignal {
  readonly context: RequestContext
}

/** Sent before the before hooks. */
export const requestStarted: Signal<RequestSignal, Phial> = appSignal('request-started')

/** Sent when the response is ready, after the after hooks. */
export const requestFinished: Signal<RequestSignal & { readonly response: Response }, Phial> =
  appSignal('request-finished')

/** Sent for an error that no handler took, before it becomes a 500. */
export const gotRequestException: Signal<RequestSignal & { readonly error: unknown }, Phial> =
  appSignal('got-request-exception')

/** Sent at the end of a request, whatever happened; the error is that which nothing handled, or null. */
export const requestTearingDown: Signal<RequestSignal & { readonly error: unknown }, Phial> =
  appSignal('request-tearing-down')

/** What signals of a context are about. */
export interface ContextSignal {
  readonly context: Context
}

/** Sent when a context has been entered. */
export const appContextPushed: Signal<ContextSignal, Phial> = appSignal('appcontext-pushed')

/** Sent when a context ends, after its teardown functions. */
export const appContextTearingDown: Signal<ContextSignal & { readonly error: unknown }, Phial> =
  appSignal('appcontext-tearing-down')

/** Sent when a context has ended; nothing is current any more. */
export const appContextPopped: Signal<ContextSignal, Phial> = appSignal('appcontext-popped')

/** A template and the values that it is rendered with. */
export interface TemplateSignal {
  readonly template: Template
  /** The values by name, those of context processors included. */
  readonly values: Readonly<Record<string, unknown>>
}

/** Sent before a template is rendered. */
export const beforeRenderTemplate: Signal<TemplateSignal, Phial> = appSignal('before-render-template')

/** Sent when a template has been rendered. */
export const templateRendered: Signal<TemplateSignal, Phial> = appSignal('template-rendered')

/** Sent when a message was flashed. */
export const messageFlashed: Signal<{ readonly message: unknown; readonly category: string }, Phial> =
  appSignal('message-flashed')

/** A signal that all copies of the framework send and receive. */
function appSignal<Payload>(name: string): Signal<Payload, Phial> {
  return shared(name, () => new Signal<Payload, Phial>(name))
}
