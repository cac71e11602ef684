import type { RequestContext } from './context/context.ts'
import type { View, ViewReturn } from './typing.ts'

/**
 * Makes values for views, by name: what each gives is in the context of the view, with its type. Unlike a hook it runs for
 * the routes that ask for it. It may end the request: `abort(401)`.
 *
 * ```ts
 * const user = async () => (await findUser(session.userId)) ?? abort(401)
 * app.get('/me', { provide: { user } }, (_params, { user }) => user.name)
 * ```
 */
export type Providers = Readonly<Record<string, (context: RequestContext) => unknown>>

/** The values that providers make, by name. */
export type ProvidedValues<Options> = Options extends { provide: infer Given }
  ? {
      readonly [Name in keyof Given]: Given[Name] extends (...args: never[]) => infer Value
        ? Awaited<Value>
        : never
    }
  : unknown

/** A view that gets the values of providers, which run one after the other. Without providers it is the view. */
export function providedView(view: View<never>, providers: Providers | undefined): View<never> {
  if (providers === undefined) return view
  const entries = Object.entries(providers)
  const provided = (params: never, context: RequestContext): ViewReturn | Promise<ViewReturn> => {
    const values: Record<string, unknown> = {}
    const next = (from: number): ViewReturn | Promise<ViewReturn> => {
      for (let i = from; i < entries.length; i++) {
        const [name, provide] = entries[i]!
        const value = provide(context)
        if (value instanceof Promise) {
          return value.then((later: unknown) => {
            values[name] = later
            return next(i + 1)
          })
        }
        values[name] = value
      }
      return view(params, Object.assign(context, values))
    }
    return next(0)
  }
  Object.defineProperty(provided, 'name', { value: view.name })
  return provided
}
