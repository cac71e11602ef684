import { Phial } from 'phial'

export const application: Phial = new Phial('found', { staticFolder: null })
