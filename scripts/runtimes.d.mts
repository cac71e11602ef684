/** A runtime of `tools/runtimes`. */
export interface KnownRuntime {
  readonly name: string
  readonly version: string
  /** The executable, or null if it is not installed. */
  readonly path: string | null
}

/** Runtimes by name, those that are not installed too. */
export function knownRuntimes(): KnownRuntime[]

/** The executable of a runtime, or null if it is not installed. An unknown name throws. */
export function runtimePath(name: string): string | null
