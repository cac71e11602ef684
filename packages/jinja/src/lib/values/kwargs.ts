/** The keyword arguments of a call, in the order in which they are written. */
export class Kwargs extends Map<string, unknown> {}

/** Keyword arguments from names and values by turns. */
export function kwargsOf(namesAndValues: readonly unknown[]): Kwargs {
  const kwargs = new Kwargs()
  for (let index = 0; index + 1 < namesAndValues.length; index += 2) {
    kwargs.set(namesAndValues[index] as string, namesAndValues[index + 1])
  }
  return kwargs
}

/** The keyword arguments as a JavaScript object. It has no prototype, so that no name means something else. */
export function optionsOf(kwargs: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const options: Record<string, unknown> = Object.create(null)
  for (const [name, value] of kwargs) options[name] = value
  return options
}
