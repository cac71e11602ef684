/** Base of everything the router throws about a request: `code` is the HTTP status it stands for. */
export class RoutingError extends Error {
  override name = 'RoutingError'
  /** The HTTP status this error stands for. */
  readonly code: number

  constructor(message: string, code: number) {
    super(message)
    this.code = code
  }
}

/** No rule matches the path. */
export class NotFound extends RoutingError {
  override name = 'NotFound'

  constructor() {
    super('No URL rule matches the requested path.', 404)
  }
}

/** Rules match the path, none of them allows the method. */
export class MethodNotAllowed extends RoutingError {
  override name = 'MethodNotAllowed'
  /** The methods that would match, sorted: the value of the `Allow` header. */
  readonly validMethods: readonly string[]

  constructor(validMethods: Iterable<string>) {
    const methods = [...validMethods].sort()
    super(`The method is not allowed for this URL; it answers to ${methods.join(', ')}.`, 405)
    this.validMethods = methods
  }
}

/** The map asks for a redirect: a missing slash, doubled slashes, a shorter spelling, an alias. */
export class RequestRedirect extends RoutingError {
  override name = 'RequestRedirect'
  /** The absolute URL to go to. */
  readonly newUrl: string

  constructor(newUrl: string) {
    super(`The request is redirected to ${newUrl}.`, 308)
    this.newUrl = newUrl
  }
}

/** The only rule that matches is for WebSockets and the request is not one, or the other way round. */
export class WebsocketMismatch extends RoutingError {
  override name = 'WebsocketMismatch'

  constructor() {
    super('The URL exists, but not for this kind of connection (HTTP or WebSocket).', 400)
  }
}

/** A server name that cannot be a host name: an empty label, a label of more than 63 octets. */
export class BadHost extends RoutingError {
  override name = 'BadHost'

  constructor(host: string) {
    super(`${JSON.stringify(host)} is not a valid host name.`, 400)
  }
}

/**
 * Thrown by a converter whose value does not fit. In `toJs` the rule does not match (404); in `toUrl`
 * the rule is not used for building and the next rule of the endpoint is tried.
 */
export class ValidationError extends Error {
  override name = 'ValidationError'
}

/** A URL rule that cannot be understood. The message shows the rule with a caret under the place. */
export class RuleSyntaxError extends SyntaxError {
  override name = 'RuleSyntaxError'
  /** The text of the rule. */
  readonly rule: string
  /** Index in `rule` of the first character that does not fit. */
  readonly index: number

  constructor(problem: string, rule: string, index: number, options?: ErrorOptions) {
    super(`${problem}\n  ${visible(rule)}\n  ${' '.repeat(visible(rule.slice(0, index)).length)}^`, options)
    this.rule = rule
    this.index = index
  }
}

/** Two rules that would answer the same requests (only with `rejectDuplicates`). */
export class DuplicateRuleError<RuleType = unknown> extends Error {
  override name = 'DuplicateRuleError'
  /** The rule that was there first. */
  readonly existing: RuleType
  /** The rule that was to be added. */
  readonly duplicate: RuleType

  constructor(existing: RuleType, duplicate: RuleType) {
    super(`${String(duplicate)} answers the same requests as ${String(existing)}, which was added before.`)
    this.existing = existing
    this.duplicate = duplicate
  }
}

/** Line breaks and tabs would move the caret away from its place. */
function visible(text: string): string {
  return text.replace(/[\r\n\t]/g, ' ')
}
