/**
 * Views as classes.
 *
 * @module
 */
export { MethodView } from './lib/views/method-view.ts'
export type { ClassView, ViewDecorator } from './lib/views/view.ts'
export { View } from './lib/views/view.ts'
