/** @module */
export { DictLoader } from './lib/loaders/dict-loader.ts'
export { WebEnvironment } from './lib/web-environment.ts'
