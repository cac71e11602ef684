export type { FetchLoaderOptions } from './lib/loaders/fetch-loader.ts'
export { FetchLoader } from './lib/loaders/fetch-loader.ts'
export type { GlobbedFile, GlobLoaderOptions } from './lib/loaders/glob-loader.ts'
export { GlobLoader } from './lib/loaders/glob-loader.ts'
