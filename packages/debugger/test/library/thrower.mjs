/** Stands for a library: it throws, and it swallows. */
export function thrower(text) {
  const inLibrary = text.length
  throw new Error(`${text} ${inLibrary}`)
}

thrower.swallow = (text) => {
  try {
    thrower(text)
  } catch {
    return null
  }
}
