export type HeaderPair = [name: string, value: string]

/**
 * The first difference between two header lists, or null. Names compare without regard to case; the order counts among
 * headers of the same name; the methods of `Allow` are a set.
 *
 * @param isSame Compares two values of one header. Default: equal text.
 */
export function differenceOfHeaders(
  expected: readonly (readonly string[])[],
  actual: readonly (readonly string[])[],
  path: string = 'headers',
  isSame: (expected: string, actual: string, name: string) => boolean = (a, b) => a === b,
): string | null {
  const want = groupByName(expected)
  const got = groupByName(actual)
  for (const [name, group] of want) {
    const values = got.get(name)?.values
    if (values === undefined)
      return `${path}: expected ${group.name}: ${group.values.join(' | ')}, got no such header`
    const same =
      name === 'allow'
        ? methodsOf(group.values) === methodsOf(values)
        : group.values.length === values.length &&
          group.values.every((value, index) => isSame(value, values[index]!, name))
    if (!same) return `${path}.${group.name}: expected ${quote(group.values)}, got ${quote(values)}`
  }
  for (const [name, group] of got) {
    if (!want.has(name)) return `${path}: expected no ${group.name}, got ${quote(group.values)}`
  }
  return null
}

interface Group {
  readonly name: string
  readonly values: string[]
}

function groupByName(pairs: readonly (readonly string[])[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const [name, value] of pairs as readonly HeaderPair[]) {
    const key = name.toLowerCase()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { name, values: [value] })
    else group.values.push(value)
  }
  return groups
}

function methodsOf(values: readonly string[]): string {
  const methods = values.flatMap((value) => value.split(',')).map((method) => method.trim())
  return [...new Set(methods)].sort().join(',')
}

function quote(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(' | ')
}
