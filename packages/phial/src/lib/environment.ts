/** The variables of the environment; none where the runtime has no process. */
export function environment(): Readonly<Record<string, string | undefined>> {
  const { process: own } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return own?.env ?? {}
}
