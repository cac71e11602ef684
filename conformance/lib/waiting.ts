/** Functions whose cases are skipped until there is an adapter for them, each with the reason. */
export const WAITING: ReadonlyMap<string, string> = new Map()
