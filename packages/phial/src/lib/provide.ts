import { RequestContext } from './context/context.ts'
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
  for (const [name] of entries) checkName(name)
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

/** What a context has of its own, or what schemas set on it. */
const TAKEN: ReadonlySet<string> = new Set([
  'app',
  'request',
  'outcome',
  'params',
  'scope',
  'afterThisRequest',
  'query',
  'json',
  'form',
  'files',
])

function checkName(name: string): void {
  if (!TAKEN.has(name) && !(name in RequestContext.prototype)) return
  throw new TypeError(
    `A provider cannot be called ${JSON.stringify(name)}: the context of a request has that already. Give it another name.`,
  )
}

/** The providers of a blueprint and of a route together; those of the route go before. */
export function joinProviders(
  outer: Providers | undefined,
  inner: Providers | undefined,
): Providers | undefined {
  return outer === undefined || inner === undefined ? (inner ?? outer) : { ...outer, ...inner }
}
