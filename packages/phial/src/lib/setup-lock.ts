/** Something was registered after the application had begun to handle requests. */
export class SetupFinishedError extends Error {
  override readonly name: string = 'SetupFinishedError'
}

/** The error for a method that was called too late. */
export function setupFinished(method: string): SetupFinishedError {
  return new SetupFinishedError(
    `app.${method}() was called after the application had handled its first request, so it would not take effect ` +
      'everywhere. Call it while the application is being set up: at the top of the module, or in the factory, before ' +
      'it is served.',
  )
}
