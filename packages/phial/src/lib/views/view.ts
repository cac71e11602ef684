import type { RequestContext } from '../context/context.ts'
import type { HttpMethod, View as ViewFunction, ViewReturn } from '../typing.ts'

/** Wraps a view: gets it, and gives another one. */
export type ViewDecorator = (view: ViewFunction<never>) => ViewFunction<never>

/** The view that a class makes. */
export type ClassView<Params> = ViewFunction<Params> & { readonly viewClass: unknown }

/** A class of views, with what it says about its routes. */
interface ViewClass<Args extends readonly unknown[], Params> {
  new (...args: Args): View<Params>
  readonly methods?: readonly HttpMethod[] | undefined
  readonly provideAutomaticOptions?: boolean | undefined
  readonly decorators: readonly ViewDecorator[]
  readonly initEveryRequest: boolean
  methodsOf(): readonly HttpMethod[] | undefined
}

/**
 * A view as a class, for views that share code or keep state for one request.
 *
 * ```ts
 * class Page extends View<{ name: string }> {
 *   override dispatchRequest({ name }: { name: string }) {
 *     return `Hello, ${name}!`
 *   }
 * }
 * app.route('/hello/<name>', Page.asView('hello'))
 * ```
 */
export abstract class View<Params = Record<string, unknown>> {
  /** The methods of its routes. Default: GET. */
  static readonly methods?: readonly HttpMethod[]
  /** Whether OPTIONS is answered by itself. Default: unless {@link methods} has it. */
  static readonly provideAutomaticOptions?: boolean
  /** Wrap the view, in this order: the last is the outermost. */
  static readonly decorators: readonly ViewDecorator[] = []
  /** Whether each request gets a new object. If not, one is made at the start and must not keep anything. Default true. */
  static readonly initEveryRequest: boolean = true

  /** Answers a request. */
  abstract dispatchRequest(params: Params, context: RequestContext): ViewReturn | Promise<ViewReturn>

  /** The methods that routes of this class get by themselves. */
  static methodsOf(): readonly HttpMethod[] | undefined {
    return this.methods
  }

  /**
   * The class as a view function.
   *
   * @param name the endpoint.
   * @param args given to the constructor.
   */
  static asView<Args extends readonly unknown[], Params>(
    this: ViewClass<Args, Params>,
    name: string,
    ...args: Args
  ): ClassView<Params> {
    const shared = this.initEveryRequest ? null : new this(...args)
    let view: ViewFunction<Params> = (params, context) =>
      (shared ?? new this(...args)).dispatchRequest(params, context)
    for (const decorate of this.decorators) {
      nameFunction(view, name)
      view = decorate(view as ViewFunction<never>) as ViewFunction<Params>
    }
    nameFunction(view, name)
    const methods = this.methodsOf()
    return Object.assign(view, {
      viewClass: this as unknown,
      ...(methods === undefined ? {} : { methods }),
      ...(this.provideAutomaticOptions === undefined
        ? {}
        : { provideAutomaticOptions: this.provideAutomaticOptions }),
    })
  }
}

function nameFunction(view: object, name: string): void {
  Object.defineProperty(view, 'name', { value: name, configurable: true })
}
