/** What came of each operation; one that throws gives `{ raises: name }` in its place, and the next goes on. */
export function resultsOf<Operation>(
  operations: readonly Operation[],
  operate: (operation: Operation) => unknown,
): unknown[] {
  return operations.map((operation) => {
    try {
      return operate(operation)
    } catch (error) {
      return { raises: (error as Error).name }
    }
  })
}
