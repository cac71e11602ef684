import type { RuleParams } from '@phial/router'
import { describe } from './not-expected.ts'
import type { Preparation } from './prepared-view.ts'
import type { ProvidedValues } from './provide.ts'
import type { MethodRouteOptions, RouteOptions, UrlRuleOptions } from './route-options.ts'
import type { HttpMethod, View, ViewHandle } from './typing.ts'
import type { ValidParams, ValidValues } from './validation/validate-request.ts'
import { type WebSocketOptions, type WebSocketView, websocketView } from './websocket/websocket-view.ts'

type AnyView = View<never, never>

/** The view of a route without options: it gets the values of its rule, and what all views here get. */
type PlainView<Rule extends string, Inherited, Values> = View<RuleParams<Rule> & Inherited, Values>

/** The view of a route with options: it also gets what defaults, schemas and providers give. */
type PreparedView<Rule extends string, Defaults, Given, Inherited, Values> = View<
  ValidParams<Given, RuleParams<Rule> & Defaults & Inherited>,
  Values & ValidValues<Given> & ProvidedValues<Given>
>

type Handle<Rule extends string, Defaults, Inherited> = ViewHandle<RuleParams<Rule> & Defaults & Inherited>

/**
 * The ways to register a route. `Inherited` are the values that all views get besides those of their rules: the
 * parameters of a blueprint's prefix. `Values` is what all find in their context besides what every context has.
 */
export abstract class Routes<Inherited = unknown, Values = unknown> {
  /** What this is called in messages. */
  protected readonly kind: string = 'app'

  /** Registers a rule; all other ways to register a route end here. */
  abstract addUrlRule<const Rule extends string, const Defaults extends object = object>(
    rule: Rule,
    options: UrlRuleOptions<Rule, Defaults, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>

  /** Throws if it is too late to register something with `method`. */
  protected abstract checkSetup(method: string): void

  /** A route for the methods in `options`, by default GET. The view takes the rule's values, typed by the rule. */
  route<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  route<
    const Rule extends string,
    const Defaults extends object = object,
    Given extends Preparation = object,
  >(
    rule: Rule,
    options: RouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  route(rule: string, options: RouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('route', rule, options, view)
  }

  /** A route for GET, and with it HEAD. */
  get<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  get<const Rule extends string, const Defaults extends object = object, Given extends Preparation = object>(
    rule: Rule,
    options: MethodRouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  get(rule: string, options: MethodRouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('get', rule, options, view, ['GET'])
  }

  /** A route for POST. */
  post<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  post<const Rule extends string, const Defaults extends object = object, Given extends Preparation = object>(
    rule: Rule,
    options: MethodRouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  post(rule: string, options: MethodRouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('post', rule, options, view, ['POST'])
  }

  /** A route for PUT. */
  put<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  put<const Rule extends string, const Defaults extends object = object, Given extends Preparation = object>(
    rule: Rule,
    options: MethodRouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  put(rule: string, options: MethodRouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('put', rule, options, view, ['PUT'])
  }

  /** A route for PATCH. */
  patch<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  patch<
    const Rule extends string,
    const Defaults extends object = object,
    Given extends Preparation = object,
  >(
    rule: Rule,
    options: MethodRouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  patch(rule: string, options: MethodRouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('patch', rule, options, view, ['PATCH'])
  }

  /** A route for DELETE. */
  delete<const Rule extends string>(
    rule: Rule,
    view: PlainView<Rule, Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  delete<
    const Rule extends string,
    const Defaults extends object = object,
    Given extends Preparation = object,
  >(
    rule: Rule,
    options: MethodRouteOptions<Defaults> & Given,
    view: PreparedView<Rule, Defaults, Given, Inherited, Values>,
  ): Handle<Rule, Defaults, Inherited>
  delete(rule: string, options: MethodRouteOptions | AnyView, view?: AnyView): ViewHandle<never> {
    return this.#register('delete', rule, options, view, ['DELETE'])
  }

  /**
   * A route for WebSockets. The view returns what is to be done with one, or refuses it with `abort`. On Node it needs
   * the package `ws`.
   *
   * ```ts
   * app.websocket('/echo', () => ({
   *   message: (socket, data) => socket.send(data),
   * }))
   * ```
   */
  websocket<const Rule extends string>(
    rule: Rule,
    view: WebSocketView<RuleParams<Rule> & Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  websocket<const Rule extends string>(
    rule: Rule,
    options: WebSocketOptions,
    view: WebSocketView<RuleParams<Rule> & Inherited, Values>,
  ): Handle<Rule, unknown, Inherited>
  websocket(
    rule: string,
    options: WebSocketOptions | WebSocketView<never, never>,
    view?: WebSocketView<never, never>,
  ): ViewHandle<never> {
    const [given, used] = typeof options === 'function' ? [{}, options] : [options, view]
    return this.#register(
      'websocket',
      rule,
      {
        ...(given.endpoint === undefined ? {} : { endpoint: given.endpoint }),
        websocket: true,
        provideAutomaticOptions: false,
      },
      used && websocketView(used, given),
      ['GET'],
    )
  }

  #register(
    method: string,
    rule: string,
    options: RouteOptions | AnyView,
    view: AnyView | undefined,
    methods?: readonly HttpMethod[],
  ): ViewHandle<never> {
    if (typeof options === 'function') {
      view = options
      options = {}
    }
    if (typeof view !== 'function') {
      throw new TypeError(
        `${this.kind}.${method}(${JSON.stringify(rule)}, …) needs a view as its last argument: a function (params, context) => answer; got ${describe(view)}.`,
      )
    }
    if (methods !== undefined) {
      if ('methods' in options) {
        throw new TypeError(
          `${this.kind}.${method}() sets the method itself. Use app.route() with { methods: […] } for several.`,
        )
      }
      options = { ...options, methods }
    }
    return this.addUrlRule(rule, {
      ...options,
      view: view as View<never>,
    } as UrlRuleOptions) as ViewHandle<never>
  }
}
