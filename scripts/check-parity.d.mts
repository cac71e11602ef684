/** The faults of docs/parity.md, and how many lines have each state. */
export declare function checkParity(root: string): { faults: string[]; states: Map<string, number> }
