/** How long a case may take, in milliseconds. */
export const CASE_TIMEOUT = 30_000

/** A case has not settled in time. */
export class TimeLimitError extends Error {
  override name = 'TimeLimitError'
}

/**
 * What `work` gives, if it does so in time. What is no promise is given back as it is.
 *
 * @param limit Milliseconds. Default {@link CASE_TIMEOUT}.
 * @throws TimeLimitError after that.
 */
export async function withinTime<Result>(
  work: Result | Promise<Result>,
  limit: number = CASE_TIMEOUT,
): Promise<Result> {
  if (!(work instanceof Promise)) return work
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TimeLimitError(`it has not settled after ${limit / 1000} seconds`)),
      limit,
    )
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    clearTimeout(timer)
  }
}
