/**
 * Nunjucks in browsers and other places without files, for projects that change one import: its API, and templates with the values of JavaScript.
 *
 * ```ts
 * import * as nunjucks from '@phial/jinja/nunjucks-web'
 *
 * nunjucks.configure('/views', { autoescape: true })
 * nunjucks.renderString('Hello {{ username }}', { username: 'James' }) // Hello James
 * ```
 *
 * @module
 */

export type { Context, TemplateFunction } from './lib/nunjucks/context.ts'
export type { EnvironmentOptions, NunjucksExtension } from './lib/nunjucks/environment.ts'
export { Environment, Template } from './lib/nunjucks/environment.ts'
export type { ExpressApplication } from './lib/nunjucks/express.ts'
export type { ConfigureOptions } from './lib/nunjucks/front.ts'
export { installJinjaCompat } from './lib/nunjucks/jinja-compat.ts'
export type { KeywordArguments } from './lib/nunjucks/keyword-args.ts'
export { lib } from './lib/nunjucks/lib.ts'
export type { LoaderSource, TemplateLoader } from './lib/nunjucks/loader.ts'
export { Loader } from './lib/nunjucks/loader.ts'
export type { ListNodeClass, NodeClass, NodeClasses } from './lib/nunjucks/node-classes.ts'
export { nodeClasses as nodes } from './lib/nunjucks/node-classes.ts'
export type { Parser } from './lib/nunjucks/parser.ts'
export type { PrecompiledSource, PrecompileOptions } from './lib/nunjucks/precompile-string.ts'
export { precompileString } from './lib/nunjucks/precompile-string.ts'
export type { PrecompiledTemplates } from './lib/nunjucks/precompiled.ts'
export { PrecompiledLoader } from './lib/nunjucks/precompiled.ts'
export { runtime } from './lib/nunjucks/runtime.ts'
export type { TemplateSource } from './lib/nunjucks/template.ts'
export { lexer } from './lib/nunjucks/tokens.ts'
export type { Callback } from './lib/nunjucks/waiting.ts'
export { compile, configure, render, renderString, reset } from './lib/nunjucks/web-front.ts'
export type { WebLoaderOptions } from './lib/nunjucks/web-loader.ts'
export { WebLoader } from './lib/nunjucks/web-loader.ts'
