import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import sqlite, { type Database } from 'node-sqlite3-wasm'
import { currentApp, g, type Phial } from 'phial'

declare module 'phial' {
  interface PhialConfig {
    /** The path of the database. */
    DATABASE?: string
  }
  interface AppGlobals {
    db?: Database
  }
}

/** The connection of this request or command, opened when it is first asked for. */
export function getDb(): Database {
  g.db ??= new sqlite.Database(currentApp.config.DATABASE)
  return g.db
}

/** Makes empty tables. What was in them is deleted. */
export async function initDb(): Promise<void> {
  await mkdir(dirname(String(currentApp.config.DATABASE)), { recursive: true })
  getDb().exec(await currentApp.openResource('schema.sql', { asText: true }))
}

/** Closes connections at the end of each context, and adds the command `init-db`. */
export function addDatabase(app: Phial): void {
  app.teardownAppContext((_error, { g }) => g.db?.close())

  app.cli.command('init-db', { help: 'Makes empty tables; deletes what is in them.' }, async () => {
    await initDb()
    console.log('Initialized the database.')
  })
}
