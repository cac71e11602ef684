import { CallbackMap } from '../collections/callback-map.ts'
import { inspectAsText } from '../collections/inspect.ts'
import { assertNoControls } from '../grammar/field-value.ts'
import { trimBlanks } from '../grammar/token.ts'

/**
 * A `Content-Security-Policy` or `Content-Security-Policy-Report-Only` header: a map of directives to their values.
 * Each directive is also a property: `policy.scriptSrc = "'self'"`; null takes it out.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export class ContentSecurityPolicy extends CallbackMap<string> {
  static {
    inspectAsText(ContentSecurityPolicy)
  }

  /** Whether there was such a header, be it empty of directives. */
  readonly provided: boolean

  /** @param onUpdate called after each change, to write the header back. */
  constructor(
    directives: Iterable<readonly [string, string]> | null = [],
    onUpdate: ((policy: ContentSecurityPolicy) => void) | null = null,
  ) {
    super(directives, onUpdate === null ? null : () => onUpdate(this))
    this.provided = directives !== null
  }

  /** Reads a header; null is no directives. Directives without a value are left out. */
  static fromHeader(
    header: string | null,
    onUpdate: ((policy: ContentSecurityPolicy) => void) | null = null,
  ): ContentSecurityPolicy {
    if (header === null) return new ContentSecurityPolicy(null, onUpdate)
    const directives: [string, string][] = []
    for (const part of header.split(';')) {
      const directive = trimBlanks(part)
      const space = directive.indexOf(' ')
      if (space > 0) directives.push([directive.slice(0, space), trimBlanks(directive.slice(space + 1))])
    }
    return new ContentSecurityPolicy(directives, onUpdate)
  }

  /**
   * Adds `'nonce-…'` to a directive (default `script-src`), so that inline code with this nonce may run. Use a new
   * random nonce of 128 bits for each response.
   */
  addNonce(nonce: string, directive: string = 'script-src'): void {
    const value = this.get(directive)
    this.set(directive, value === undefined ? `'nonce-${nonce}'` : `${value} 'nonce-${nonce}'`)
  }

  /**
   * @throws TypeError if the value has a semicolon, which would begin another directive, a line end or another control.
   */
  override set(directive: string, value: string): this {
    assertNoControls(`the directive ${directive} of Content-Security-Policy`, value)
    if (value.includes(';')) {
      throw new TypeError(
        `The directive ${directive} of Content-Security-Policy may not hold ";", got ${JSON.stringify(value)}.`,
      )
    }
    return super.set(directive, value)
  }

  get baseUri(): string | null {
    return this.get('base-uri') ?? null
  }

  set baseUri(value: string | null) {
    this.#setOrDelete('base-uri', value)
  }

  get childSrc(): string | null {
    return this.get('child-src') ?? null
  }

  set childSrc(value: string | null) {
    this.#setOrDelete('child-src', value)
  }

  get connectSrc(): string | null {
    return this.get('connect-src') ?? null
  }

  set connectSrc(value: string | null) {
    this.#setOrDelete('connect-src', value)
  }

  get defaultSrc(): string | null {
    return this.get('default-src') ?? null
  }

  set defaultSrc(value: string | null) {
    this.#setOrDelete('default-src', value)
  }

  get fontSrc(): string | null {
    return this.get('font-src') ?? null
  }

  set fontSrc(value: string | null) {
    this.#setOrDelete('font-src', value)
  }

  get formAction(): string | null {
    return this.get('form-action') ?? null
  }

  set formAction(value: string | null) {
    this.#setOrDelete('form-action', value)
  }

  get frameAncestors(): string | null {
    return this.get('frame-ancestors') ?? null
  }

  set frameAncestors(value: string | null) {
    this.#setOrDelete('frame-ancestors', value)
  }

  get frameSrc(): string | null {
    return this.get('frame-src') ?? null
  }

  set frameSrc(value: string | null) {
    this.#setOrDelete('frame-src', value)
  }

  get imgSrc(): string | null {
    return this.get('img-src') ?? null
  }

  set imgSrc(value: string | null) {
    this.#setOrDelete('img-src', value)
  }

  get manifestSrc(): string | null {
    return this.get('manifest-src') ?? null
  }

  set manifestSrc(value: string | null) {
    this.#setOrDelete('manifest-src', value)
  }

  get mediaSrc(): string | null {
    return this.get('media-src') ?? null
  }

  set mediaSrc(value: string | null) {
    this.#setOrDelete('media-src', value)
  }

  get navigateTo(): string | null {
    return this.get('navigate-to') ?? null
  }

  set navigateTo(value: string | null) {
    this.#setOrDelete('navigate-to', value)
  }

  get objectSrc(): string | null {
    return this.get('object-src') ?? null
  }

  set objectSrc(value: string | null) {
    this.#setOrDelete('object-src', value)
  }

  get prefetchSrc(): string | null {
    return this.get('prefetch-src') ?? null
  }

  set prefetchSrc(value: string | null) {
    this.#setOrDelete('prefetch-src', value)
  }

  get pluginTypes(): string | null {
    return this.get('plugin-types') ?? null
  }

  set pluginTypes(value: string | null) {
    this.#setOrDelete('plugin-types', value)
  }

  get reportTo(): string | null {
    return this.get('report-to') ?? null
  }

  set reportTo(value: string | null) {
    this.#setOrDelete('report-to', value)
  }

  get reportUri(): string | null {
    return this.get('report-uri') ?? null
  }

  set reportUri(value: string | null) {
    this.#setOrDelete('report-uri', value)
  }

  get sandbox(): string | null {
    return this.get('sandbox') ?? null
  }

  set sandbox(value: string | null) {
    this.#setOrDelete('sandbox', value)
  }

  get scriptSrc(): string | null {
    return this.get('script-src') ?? null
  }

  set scriptSrc(value: string | null) {
    this.#setOrDelete('script-src', value)
  }

  get scriptSrcAttr(): string | null {
    return this.get('script-src-attr') ?? null
  }

  set scriptSrcAttr(value: string | null) {
    this.#setOrDelete('script-src-attr', value)
  }

  get scriptSrcElem(): string | null {
    return this.get('script-src-elem') ?? null
  }

  set scriptSrcElem(value: string | null) {
    this.#setOrDelete('script-src-elem', value)
  }

  get styleSrc(): string | null {
    return this.get('style-src') ?? null
  }

  set styleSrc(value: string | null) {
    this.#setOrDelete('style-src', value)
  }

  get styleSrcAttr(): string | null {
    return this.get('style-src-attr') ?? null
  }

  set styleSrcAttr(value: string | null) {
    this.#setOrDelete('style-src-attr', value)
  }

  get styleSrcElem(): string | null {
    return this.get('style-src-elem') ?? null
  }

  set styleSrcElem(value: string | null) {
    this.#setOrDelete('style-src-elem', value)
  }

  get workerSrc(): string | null {
    return this.get('worker-src') ?? null
  }

  set workerSrc(value: string | null) {
    this.#setOrDelete('worker-src', value)
  }

  /** The value of the header. */
  toHeader(): string {
    return Array.from(this, ([directive, value]) => `${directive} ${value}`).join('; ')
  }

  override toString(): string {
    return this.toHeader()
  }
  #setOrDelete(directive: string, value: string | null): void {
    if (value === null) this.delete(directive)
    else this.set(directive, value)
  }
}

/** As {@link ContentSecurityPolicy.fromHeader}. */
export function parseContentSecurityPolicy(
  header: string | null,
  onUpdate: ((policy: ContentSecurityPolicy) => void) | null = null,
): ContentSecurityPolicy {
  return ContentSecurityPolicy.fromHeader(header, onUpdate)
}
