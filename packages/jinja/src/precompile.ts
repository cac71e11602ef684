/**
 * Templates ahead of time: compiled to modules, checked, and described for TypeScript. The command `phial-jinja` and
 * the plugin for Vite are made of this.
 *
 * @module
 */

export type { TemplateProblem } from './lib/ahead/check-templates.ts'
export { checkTemplates, reportProblem } from './lib/ahead/check-templates.ts'
export type { PrecompiledFile, TemplateSource } from './lib/ahead/precompile.ts'
export { precompile } from './lib/ahead/precompile.ts'
export type { TemplateTypesOptions } from './lib/ahead/template-types.ts'
export { templateTypes } from './lib/ahead/template-types.ts'
