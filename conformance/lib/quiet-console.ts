const METHODS = ['debug', 'error', 'info', 'log', 'warn'] as const

/** Runs `work` with the console silent: recorded applications fail on purpose, and log it. */
export async function withQuietConsole<Result>(work: () => Promise<Result>): Promise<Result> {
  const { console } = globalThis
  const real = METHODS.map((method) => [method, console[method]] as const)
  for (const method of METHODS) console[method] = () => undefined
  try {
    return await work()
  } finally {
    for (const [method, original] of real) console[method] = original
  }
}
