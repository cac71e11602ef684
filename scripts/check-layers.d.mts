/** A rule of the structure that is broken. */
export interface Violation {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** The violations in `packages` below a folder. */
export function checkLayers(root: string): Violation[]
