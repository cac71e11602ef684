interface Where {
  readonly id?: string
  readonly [column: string]: unknown
}

/** Finds one row. */
export async function find(table: string, where: Where): Promise<{ name: string; total: number }> {
  const sql = `select * from ${table} where id = ?`
  const params = Object.values(where)
  await new Promise((resolve) => setTimeout(resolve, 2))
  if (where.id === '42') throw new TypeError(`no such row in ${table}: <id 42>`)
  return { name: sql, total: params.length }
}
