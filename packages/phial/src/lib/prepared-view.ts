import { type Providers, providedView } from './provide.ts'
import type { View } from './typing.ts'
import { type InvalidHandler, type RequestSchemas, validatedView } from './validation/validate-request.ts'

/** What a route asks to be done before its view. */
export interface Preparation extends RequestSchemas {
  /** Values that are made for the view and are typed in its context; see {@link Providers}. */
  provide?: Providers | undefined
  /** Answers requests that do not fit the schemas. Default: they are a 422, for which an error handler may answer. */
  onInvalid?: InvalidHandler | undefined
}

const PARTS = ['params', 'query', 'json', 'form', 'files', 'provide', 'onInvalid'] as const

// A view that is registered twice with the same preparation stays one view.
const PREPARED = new WeakMap<View<never>, { preparation: Preparation; prepared: View<never> }[]>()

/** The view of a route with its preparation: providers first, then schemas. Without any it is the view itself. */
export function preparedView(view: View<never>, preparation: Preparation): View<never> {
  if (PARTS.every((part) => preparation[part] === undefined)) return view
  const known = PREPARED.get(view) ?? []
  const same = known.find(({ preparation: other }) =>
    PARTS.every((part) => other[part] === preparation[part]),
  )
  if (same !== undefined) return same.prepared
  const prepared = providedView(validatedView(view, preparation, preparation.onInvalid), preparation.provide)
  PREPARED.set(view, [...known, { preparation, prepared }])
  return prepared
}
