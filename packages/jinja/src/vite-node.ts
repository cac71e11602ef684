/**
 * Templates in applications that Vite builds: compiled when they are bundled, so that the bundle holds neither parser nor
 * compiler and runs where code generation is forbidden.
 *
 * ```ts
 * // vite.config.ts
 * import { templates } from '@phial/jinja/vite'
 *
 * export default { plugins: [templates({ folder: 'templates' })] }
 * ```
 *
 * @module
 */

export type { TemplatePlugin, TemplatePluginOptions } from './lib/ahead/node/vite-plugin.ts'
export { templates } from './lib/ahead/node/vite-plugin.ts'
