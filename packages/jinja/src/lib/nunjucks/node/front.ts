import type { Front } from '../front.ts'
import { createFront } from '../front.ts'
import { FileSystemLoader } from './file-system-loader.ts'

const front: Front = createFront((path, { noCache = false }) => new FileSystemLoader(path, { noCache }))

export const configure: Front['configure'] = front.configure
export const reset: Front['reset'] = front.reset
export const compile: Front['compile'] = front.compile
export const render: Front['render'] = front.render
export const renderString: Front['renderString'] = front.renderString
