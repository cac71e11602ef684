import { type Kwargs, type TemplateFunction, tupleOf, withSignature } from '@phial/jinja'
import type { Phial } from '../app.ts'
import { g, request, session } from '../context/proxies.ts'
import { getFlashedMessages } from '../flash.ts'
import { csrfToken } from '../security/csrf.ts'
import { cspNonce } from '../security/secure-headers.ts'
import type { UrlForOptions } from '../url-for.ts'
import { dictView } from './dict-view.ts'
import { visibleConfig } from './visible-config.ts'

/**
 * What all templates of an application know, imported ones too. Functions have both spellings, so that templates of
 * Flask run as they are.
 */
export function templateGlobals(app: Phial): ReadonlyMap<string, unknown> {
  const urlFor = urlForIn(app)
  const flashed = flashedMessages()
  return new Map<string, unknown>([
    ['url_for', urlFor],
    ['urlFor', urlFor],
    ['get_flashed_messages', flashed],
    ['getFlashedMessages', flashed],
    ['csrf_token', csrfToken],
    ['csrfToken', csrfToken],
    ['csp_nonce', cspNonce],
    ['cspNonce', cspNonce],
    ['config', visibleConfig(app.config)],
    ['request', request],
    ['session', dictView(() => session, { members: SESSION_MEMBERS, writable: true })],
    ['g', dictView(() => g, { writable: true })],
  ])
}

/** What a session has besides its entries, and templates may ask for. */
const SESSION_MEMBERS = ['new', 'modified', 'permanent']

/** The options of `url_for`, by their names in templates. */
const URL_OPTIONS: Readonly<Record<string, keyof UrlForOptions>> = {
  _external: 'external',
  _anchor: 'anchor',
  _scheme: 'scheme',
  _method: 'method',
}

/** `url_for('blog.post', id=3, _external=True)` */
function urlForIn(app: Phial): TemplateFunction {
  return withSignature(
    { name: 'url_for', parameters: ['endpoint'], required: 1, keywords: true },
    (endpoint: string, kwargs: Kwargs) => {
      const values = Object.create(null) as Record<string, unknown>
      const options: Record<string, unknown> = {}
      for (const [name, value] of kwargs) {
        const option = Object.hasOwn(URL_OPTIONS, name) ? URL_OPTIONS[name] : undefined
        if (option === undefined) values[name] = value
        else options[option] = value
      }
      return app.urlFor(String(endpoint), values, options as UrlForOptions)
    },
  )
}

/** `get_flashed_messages(with_categories=True, category_filter=['error'])` */
function flashedMessages(): TemplateFunction {
  return withSignature(
    { name: 'get_flashed_messages', parameters: ['with_categories', 'category_filter'] },
    (withCategories?: unknown, categoryFilter?: Iterable<string>) => {
      const filter = { categoryFilter: categoryFilter === undefined ? [] : [...categoryFilter] }
      if (withCategories !== true) return getFlashedMessages(filter)
      return getFlashedMessages({ ...filter, withCategories: true }).map((pair) => tupleOf(pair))
    },
  )
}
