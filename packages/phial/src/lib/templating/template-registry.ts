import type { CheckedName } from '../endpoints.ts'

/** Values for a template, by name. */
export type TemplateValues = Readonly<Record<string, unknown>>

/** A template's name, or names of which the first that exists is taken. */
export type TemplateRef = string | readonly string[]

/**
 * The templates of an application with their variables. `phial types` writes a file that fills it:
 *
 * ```ts
 * declare module 'phial' {
 *   interface TemplateRegistry { 'blog/post.html': { post?: unknown; title?: unknown } }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is filled by declaration merging
export interface TemplateRegistry {}

/** The templates that are known. */
export type TemplateName = keyof TemplateRegistry & string

/** What may be given as a template: a name that is known; see {@link CheckedName}. */
export type CheckedTemplate<Ref> = Ref extends string ? CheckedName<Ref, TemplateName> : never

/**
 * What may be given as several templates, each of which is checked. A parameter is `Ref & CheckedTemplates<Ref>`: the
 * compiler keeps the literals of a list only where the list itself is a part of the type.
 */
export type CheckedTemplates<Ref> = Ref extends readonly string[]
  ? { readonly [Index in keyof Ref]: CheckedTemplate<Ref[Index]> }
  : never

/** The values that a template takes: its variables and no others. Of one that is not known, nothing is known. */
export type ValuesFor<Ref extends TemplateRef> = OneOf<Ref extends readonly string[] ? Ref[number] : Ref>

/** The arguments behind a template: the values may be left out where none must be given. */
export type ValuesArgument<Ref extends TemplateRef> =
  Record<never, never> extends ValuesFor<Ref> ? [values?: ValuesFor<Ref>] : [values: ValuesFor<Ref>]

type OneOf<Name> = Name extends TemplateName
  ? [keyof TemplateRegistry[Name]] extends [never]
    ? Readonly<Record<string, never>>
    : Readonly<TemplateRegistry[Name]>
  : TemplateValues
