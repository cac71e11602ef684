// A module whose variables are asked for before they have a value.
export function fail(mark) {
  throw new Error(mark)
}

export const value = 'ready'
// biome-ignore lint/correctness/noUnusedVariables: it is looked at
const limits = { max: 3 }
fail('early')
export const later = 'later'
export const last = () => later
