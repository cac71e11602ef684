/**
 * What an application needs to render templates. It is loaded with the first template; bundles that leave packages out
 * take it in by importing it.
 *
 * @module
 */
export { currentContext } from './lib/context/current.ts'
export { createTemplateEnvironment, Templates } from './lib/templating/templates.ts'
