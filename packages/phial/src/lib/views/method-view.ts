import type { RequestContext } from '../context/context.ts'
import type { HttpMethod, ViewReturn } from '../typing.ts'
import { View } from './view.ts'

/** The methods that a class can answer, by the names of its own methods. */
const METHODS = ['get', 'post', 'head', 'options', 'delete', 'put', 'trace', 'patch', 'query'] as const

type MethodHandler = (params: unknown, context: RequestContext) => ViewReturn | Promise<ViewReturn>

/**
 * A view as a class with one method for each HTTP method. HEAD is answered by `get` where there is no `head`.
 *
 * ```ts
 * class Item extends MethodView<{ id: number }> {
 *   get({ id }: { id: number }) {
 *     return items.get(id) ?? abort(404)
 *   }
 *   delete({ id }: { id: number }) {
 *     items.delete(id)
 *     return reply('', 204)
 *   }
 * }
 * app.route('/items/<int:id>', Item.asView('item'))
 * ```
 */
export class MethodView<Params = Record<string, unknown>> extends View<Params> {
  static override methodsOf(): readonly HttpMethod[] | undefined {
    if (this.methods !== undefined) return this.methods
    const found = METHODS.filter((method) => method in this.prototype).map((method) => method.toUpperCase())
    return found.length === 0 ? undefined : found
  }

  override dispatchRequest(params: Params, context: RequestContext): ViewReturn | Promise<ViewReturn> {
    const { method } = context.request
    const handlers = this as unknown as Partial<Record<string, MethodHandler>>
    const name = method.toLowerCase()
    const handler = METHODS.includes(name as 'get') ? handlers[name] : undefined
    const found = handler ?? (method === 'HEAD' ? handlers['get'] : undefined)
    if (found === undefined) {
      throw new TypeError(
        `The class ${this.constructor.name} was asked for ${method}, but has no method ${name}(). ` +
          'Add it, or take the method out of the route.',
      )
    }
    return found.call(this, params, context)
  }
}
