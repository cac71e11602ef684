import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as http from '@phial/http'
import * as collections from '@phial/http/collections'
import * as exceptions from '@phial/http/exceptions'
import * as files from '@phial/http/files-node'
import * as middleware from '@phial/http/middleware'
import * as passwords from '@phial/http/password-hash-node'
import * as signer from '@phial/signer'
import * as phial from 'phial'
import * as sessions from 'phial/sessions'
import * as views from 'phial/views'
import { expect, it } from 'vitest'
import { root } from './support.ts'

// The page for those who come from Flask names nothing that is not there.

const app = new phial.Phial('names', { config: { SECRET_KEY: 'a key only for tests' } })
const context = app.testRequestContext('/')
const client = app.testClient()

/** What the names with a dot on the page are members of. */
const OBJECTS: Readonly<Record<string, object>> = {
  app,
  client,
  answer: await client.get('/'),
  blueprint: new phial.Blueprint('names'),
  request: context.request,
  response: new phial.Response(''),
  session: context.session,
  g: context.g,
}
const EXPORTS: ReadonlySet<string> = new Set(
  [phial, views, sessions, http, collections, exceptions, files, middleware, passwords, signer].flatMap(
    (entry) => Object.keys(entry),
  ),
)

const rows = readFileSync(join(root, 'docs/coming-from-flask.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !line.startsWith('| ---') && !line.startsWith('| Flask '))
  .map((line) => line.split('|'))

it('names nothing that Phial does not have', async () => {
  const help = (await app.testCliRunner().invoke(['--help'])).stdout
  const names = rows.flatMap(([, , cell = '']) =>
    Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name!),
  )
  expect(names.length).toBeGreaterThan(150)
  expect(names.filter((name) => !isThere(name, help))).toEqual([])
})

function isThere(name: string, help: string): boolean {
  const command = /^phial (\w+)$/.exec(name)
  if (command !== null) return help.includes(`\n  ${command[1]} `)
  const [first = '', ...members] = name.split('.')
  if (members.length === 0) return EXPORTS.has(name) || (/^[A-Z_]+$/.test(name) && name in app.config)
  let object: unknown = OBJECTS[first]
  for (const member of members) {
    if (typeof object !== 'object' || object === null) return false
    const value: unknown = Reflect.get(object, member)
    if (value === undefined && !(member in object)) return false
    object = value
  }
  return true
}
