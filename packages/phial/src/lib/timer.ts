/** What {@link within} gives when time is up. */
export const LATE: unique symbol = Symbol('late')

/** What a promise gives, or {@link LATE} if it takes longer. */
export async function within<Value>(seconds: number, promise: Promise<Value>): Promise<Value | typeof LATE> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), seconds * 1000)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
