import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

// What pages use of the package `pg`, with tables that SQLite keeps in memory.

export interface QueryResult {
  rows: object[]
  rowCount: number | null
}

interface Queryable {
  query(text: string, values?: readonly unknown[]): Promise<QueryResult>
}

export interface PoolClient extends Queryable {
  release(): void
}

export class Pool implements Queryable {
  readonly #database: DatabaseSync = new DatabaseSync(':memory:')
  readonly options: { connectionString?: string }

  constructor(options: { connectionString?: string } = {}) {
    this.options = options
  }

  async query(text: string, values: readonly unknown[] = []): Promise<QueryResult> {
    const statement = this.#database.prepare(text.replace(/\$(\d+)/g, '?$1'))
    const rows = statement.all(...(values as SQLInputValue[]))
    return { rows, rowCount: rows.length }
  }

  async connect(): Promise<PoolClient> {
    return { query: (text, values) => this.query(text, values), release: () => undefined }
  }

  async end(): Promise<void> {
    this.#database.close()
  }
}
