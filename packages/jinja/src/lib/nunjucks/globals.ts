/** `range(stop)`, `range(start, stop, step)`. */
function range(first: number, second?: number, step?: number): number[] {
  const [start, stop, stride] = second === undefined ? [0, first, 1] : [first, second, step || 1]
  const numbers: number[] = []
  for (let each = start; stride > 0 ? each < stop : each > stop; each += stride) numbers.push(each)
  return numbers
}

interface Cycler {
  current: unknown
  reset(): void
  next(): unknown
}

/** `cycler('a', 'b')`: its `next()` goes round. */
function cycler(...items: unknown[]): Cycler {
  let index = -1
  return {
    current: null,
    reset() {
      index = -1
      this.current = null
    },
    next() {
      index = index + 1 >= items.length ? 0 : index + 1
      this.current = items[index]
      return this.current
    },
  }
}

/** `joiner(',')`: a function that gives nothing the first time, then the separator. */
function joiner(separator: unknown): () => unknown {
  let isFirst = true
  return () => {
    const text = isFirst ? '' : separator || ','
    isFirst = false
    return text
  }
}

/** The globals of a new environment. */
export function defaultGlobals(): Record<string, unknown> {
  return Object.assign(Object.create(null) as Record<string, unknown>, { range, cycler, joiner })
}
