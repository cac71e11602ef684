/** The faults of docs/parity.md, and how many lines have each state. */
export declare function checkParity(root: string): { faults: string[]; states: Map<string, number> }

export function unshown(
  root: string,
  testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[],
): string[]
