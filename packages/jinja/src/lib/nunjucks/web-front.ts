import type { Front } from './front.ts'
import { createFront } from './front.ts'
import { WebLoader } from './web-loader.ts'

const front: Front = createFront((path, { web = {} }) => {
  return new WebLoader(typeof path === 'string' ? path : (path?.[0] ?? '/views'), web)
})

export const configure: Front['configure'] = front.configure
export const reset: Front['reset'] = front.reset
export const compile: Front['compile'] = front.compile
export const render: Front['render'] = front.render
export const renderString: Front['renderString'] = front.renderString
