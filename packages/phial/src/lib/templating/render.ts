import type { Context } from '../context/context.ts'
import { requireContext, requireRequestContext } from '../context/current.ts'
import { inContext } from '../context/stream-with-context.ts'
import type { CheckedName } from '../endpoints.ts'
import type {
  CheckedTemplate,
  CheckedTemplates,
  TemplateName,
  TemplateRef,
  TemplateValues,
  ValuesArgument,
} from './template-registry.ts'

/**
 * A page from a template, with values by name. Where `phial types` has written a registry, the compiler knows the
 * templates and the names of their variables.
 *
 * ```ts
 * app.get('/hello/<name>', ({ name }) => renderTemplate('hello.html', { name }))
 * ```
 *
 * Templates see `request`, `session`, `g`, `config`, `url_for` and `get_flashed_messages` too, and what context
 * processors add.
 *
 * @param template a name below the template folder; or several, of which the first that exists is taken.
 * @throws TemplateNotFound if there is no such template; errors of templates tell the line.
 */
export function renderTemplate<const Ref extends TemplateName | TemplateRef>(
  template: CheckedTemplate<Ref> | (Ref & CheckedTemplates<Ref>),
  ...[values]: ValuesArgument<Ref>
): string {
  const context = requireContext()
  const { templates } = context.app
  const found = templates.get(template as TemplateRef)
  return templates.render(context, found, valuesIn(values), (all) => found.render(settled(all)))
}

/** As {@link renderTemplate}, for a template that is given as text. Its output is escaped. */
export function renderTemplateString(source: string, values: TemplateValues = {}): string {
  const context = requireContext()
  const { templates } = context.app
  const template = templates.fromSource(source)
  return templates.render(context, template, values, (all) => template.render(settled(all)))
}

/** As {@link renderTemplate}; promises among the values, and what functions in the template return, are awaited. */
export async function renderTemplateAsync<const Ref extends TemplateName | TemplateRef>(
  template: CheckedTemplate<Ref> | (Ref & CheckedTemplates<Ref>),
  ...[values]: ValuesArgument<Ref>
): Promise<string> {
  const context = requireContext()
  const { templates } = context.app
  const found = templates.get(template as TemplateRef)
  return templates.render(context, found, valuesIn(values), (all) => found.renderAsync(all))
}

/** As {@link renderTemplateString}; promises are awaited. */
export async function renderTemplateStringAsync(
  source: string,
  values: TemplateValues = {},
): Promise<string> {
  const context = requireContext()
  const { templates } = context.app
  const template = templates.fromSource(source)
  return templates.render(context, template, values, (all) => template.renderAsync(all))
}

/**
 * A page that is sent while it is rendered, for large ones. Return it from a view. Promises are awaited, and the
 * request stays current.
 */
export function streamTemplate<const Ref extends TemplateName | TemplateRef>(
  template: CheckedTemplate<Ref> | (Ref & CheckedTemplates<Ref>),
  ...[values]: ValuesArgument<Ref>
): AsyncGenerator<string, void, undefined> {
  const context = requireRequestContext()
  const { templates } = context.app
  const found = templates.get(template as TemplateRef)
  return inContext(
    templates.render(context, found, valuesIn(values), (all) => found.generateAsync(all)),
    context,
  ) as AsyncGenerator<string, void, undefined>
}

/** As {@link streamTemplate}, for a template that is given as text. */
export function streamTemplateString(
  source: string,
  values: TemplateValues = {},
): AsyncGenerator<string, void, undefined> {
  const context = requireRequestContext()
  const { templates } = context.app
  const template = templates.fromSource(source)
  return inContext(
    templates.render(context, template, values, (all) => template.generateAsync(all)),
    context,
  ) as AsyncGenerator<string, void, undefined>
}

/**
 * One or several blocks of a template, without the page around them: the part that HTMX and the like exchange.
 *
 * ```ts
 * return renderBlock('list.html', 'rows', { rows })
 * ```
 *
 * @param blocks the name of a block, or of several, whose texts are joined in this order.
 * @throws Error if the template has no such block.
 */
export function renderBlock<const Ref extends TemplateName | TemplateRef>(
  template: CheckedTemplate<Ref> | (Ref & CheckedTemplates<Ref>),
  blocks: string | readonly string[],
  ...[values]: ValuesArgument<Ref>
): string {
  const context: Context = requireContext()
  const { templates } = context.app
  const found = templates.get(template as TemplateRef)
  const names = typeof blocks === 'string' ? [blocks] : blocks
  return templates.render(context, found, valuesIn(values), (all) =>
    names.map((name) => found.renderBlock(name, settled(all))).join(''),
  )
}

/**
 * A macro or variable of a template, for code: `getTemplateAttribute('_cards.html', 'card')('Ann')`.
 *
 * @throws Error if the template exports no such name.
 */
export function getTemplateAttribute<const Name extends TemplateName | (string & {})>(
  template: CheckedName<Name, TemplateName>,
  attribute: string,
): unknown {
  const { templates } = requireContext().app
  const { module } = templates.get(template as string)
  if (attribute in module) return module[attribute]
  throw new Error(
    `The template ${JSON.stringify(template)} exports no ${JSON.stringify(attribute)}. It exports ` +
      `${Object.keys(module).join(', ') || 'nothing'}; names that begin with an underscore are private.`,
  )
}

/** What was given, without what only the compiler needs. */
function valuesIn(values: unknown): TemplateValues {
  return (values ?? {}) as TemplateValues
}

/** Values for a template that is rendered at once. What has to be waited for would be printed as an object, or never end. */
function settled(values: TemplateValues): TemplateValues {
  for (const name in values) {
    const value = values[name]
    if (typeof value !== 'object' || value === null) continue
    const isPromise = value instanceof Promise
    if (!isPromise && (!(Symbol.asyncIterator in value) || Symbol.iterator in value)) continue
    throw new TypeError(
      `The value ${JSON.stringify(name)} for the template is ${isPromise ? 'a promise' : 'an asynchronous iterator'}, ` +
        `and the template is rendered at once. ${isPromise ? 'Await it before' : 'Collect its items before'}, or use ` +
        'renderTemplateAsync() or streamTemplate(), which wait.',
    )
  }
  return values
}
