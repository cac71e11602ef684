/** The rows of the comparison; each is a file in `rows`. */
export const ROWS = ['hello', 'table', 'inheritance', 'chat', 'awaited', 'compile']
