import type { View } from './typing.ts'

/**
 * A view that is loaded when it is first asked for, so that an application with many views starts quickly.
 *
 * ```ts
 * app.get('/report/<int:id>', lazy(() => import('./reports.ts'), 'report'))
 * ```
 *
 * @param name the export; also the name of the view, and so its endpoint.
 */
export function lazy<Params, const Name extends string>(
  load: () => Promise<{ readonly [Key in Name]: View<Params> }>,
  name: Name,
): View<Params> {
  let loading: Promise<View<Params>> | null = null
  const view: View<Params> = async (params, context) => {
    loading ??= load().then((module) => {
      const found: unknown = module[name]
      if (typeof found === 'function') return found as View<Params>
      const names = Object.keys(module).join(', ') || 'nothing'
      throw new TypeError(
        `The module of the lazy view ${JSON.stringify(name)} has no function of that name. It exports ${names}.`,
      )
    })
    return (await loading)(params, context)
  }
  Object.defineProperty(view, 'name', { value: name })
  return view
}
