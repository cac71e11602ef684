import { RecursionError, TemplateNotFound, TemplateRuntimeError } from '../errors.ts'
import { repr } from '../values/python-text.ts'
import { linkBlocks } from './blocks.ts'
import type { Pieces, RuntimeTemplate, TemplateChoice } from './compiled.ts'
import type { Context } from './context.ts'
import { MAX_TEMPLATE_DEPTH } from './limits.ts'
import type { TemplateModule } from './template-module.ts'

/** The variables of the scope around an include or import, by name. */
export type Locals = Readonly<Record<string, unknown>>

/** `{% extends name %}`: the parent, whose blocks now lie behind those of the context. */
export function extend(context: Context, name: unknown, parentName: string | null): RuntimeTemplate {
  return extended(context, context.environment.loadTemplateSync(name, parentName, 'one'))
}

export async function extendAsync(
  context: Context,
  name: unknown,
  parentName: string | null,
): Promise<RuntimeTemplate> {
  return extended(context, await context.environment.loadTemplate(name, parentName, 'one'))
}

/** Puts the blocks of a parent behind those of a context. Gives the parent back. */
export function extended(context: Context, parent: RuntimeTemplate): RuntimeTemplate {
  context.depth = deeper(context)
  context.blocks = linkBlocks(context.blocks, parent.blockTable(context.mode))
  return parent
}

/** The depth of a template that the template of a context leads to. */
export function deeper(context: Context): number {
  if (context.depth >= MAX_TEMPLATE_DEPTH) {
    throw new RecursionError(
      `templates include, import or extend each other more than ${MAX_TEMPLATE_DEPTH} levels deep`,
    )
  }
  return context.depth + 1
}

/** A template that was extended a second time. */
export function extendedTwice(): TemplateRuntimeError {
  return new TemplateRuntimeError('extended multiple times')
}

/** What the parent prints, once the child has run. */
export function renderParent(context: Context, parent: RuntimeTemplate): Pieces {
  return parent.code(context.mode).root(context)
}

/**
 * `{% block name required %}`
 *
 * @throws {TemplateRuntimeError} if no template overrides it.
 */
export function requireBlock(context: Context, name: string): void {
  if (context.blocks[name]!.length <= 1) {
    throw new TemplateRuntimeError(`Required block ${repr(name)} not found`)
  }
}

/** The template of an include; `null` if there is none and none is needed. */
export function included(
  context: Context,
  name: unknown,
  parentName: string | null,
  choice: TemplateChoice,
  ignoreMissing: boolean,
): RuntimeTemplate | null {
  try {
    return context.environment.loadTemplateSync(name, parentName, choice)
  } catch (error) {
    return noneIncluded(error, ignoreMissing)
  }
}

export async function includedAsync(
  context: Context,
  name: unknown,
  parentName: string | null,
  choice: TemplateChoice,
  ignoreMissing: boolean,
): Promise<RuntimeTemplate | null> {
  try {
    return await context.environment.loadTemplate(name, parentName, choice)
  } catch (error) {
    return noneIncluded(error, ignoreMissing)
  }
}

/** What an include of a template that cannot be loaded gives. @throws the error, unless it only says that there is none. */
export function noneIncluded(error: unknown, ignoreMissing: boolean): null {
  if (ignoreMissing && error instanceof TemplateNotFound) return null
  throw error
}

/** What an included template prints, with the variables of the current one. */
export function renderIncluded(context: Context, template: RuntimeTemplate, locals: Locals | null): Pieces {
  return template.code(context.mode).root(template.newContextWithin(context, locals, context.mode))
}

/** What an included template prints, without the variables of the current one: the same each time. */
export function printedAlone(context: Context, template: RuntimeTemplate): Pieces {
  return template.defaultModule(context, false).printed()
}

export async function printedAloneAsync(context: Context, template: RuntimeTemplate): Promise<Pieces> {
  return (await template.defaultModuleAsync(context, false)).printed()
}

/** `{% import name %}`. @param locals The variables it sees with context, else `undefined`. */
export function importModule(
  context: Context,
  name: unknown,
  parentName: string | null,
  locals: Locals | null | undefined,
): TemplateModule {
  const template = context.environment.loadTemplateSync(name, parentName, 'one')
  return locals === undefined ? template.defaultModule(context, true) : template.moduleWithin(context, locals)
}

export async function importModuleAsync(
  context: Context,
  name: unknown,
  parentName: string | null,
  locals: Locals | null | undefined,
): Promise<TemplateModule> {
  const template = await context.environment.loadTemplate(name, parentName, 'one')
  return locals === undefined
    ? template.defaultModuleAsync(context, true)
    : template.moduleWithinAsync(context, locals)
}

/** A name of `{% from … import name %}`. @param position Where that stands: `line 3 in 'index.html'`. */
export function importedName(
  context: Context,
  module: TemplateModule,
  name: string,
  position: string,
): unknown {
  const value = module.__getattr__(name)
  if (value !== undefined) return value
  return context.environment.makeUndefined(
    `the template ${repr(module.__name__)} (imported on ${position}) does not export the requested name ${repr(name)}`,
    module,
    name,
  )
}
