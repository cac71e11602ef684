import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const folder = mkdtempSync(join(root, 'node_modules/.copies-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const PROGRAM = `
import { flash, Phial, renderTemplateString } from 'phial'
import { cspNonce, csrfToken, NONCE, setSecureHeaders } from 'phial/security'
import { captureTemplates } from 'phial/testing'

const app = new Phial('copies', { config: { SECRET_KEY: 'a key only for tests' } })
setSecureHeaders(app, { contentSecurityPolicy: { 'script-src': [NONCE] } })
app.get('/path', () => {
  flash('hello')
  const page = renderTemplateString(
    '{{ request.path }} {{ get_flashed_messages()[0] }} {{ csp_nonce() == nonce }} {{ csrf_token()|length == n }}',
    { nonce: cspNonce(), n: csrfToken().length },
  )
  return page
})
const rendered = captureTemplates(app)
console.log((await app.testClient().get('/path')).text, rendered.length)
`

it('templates know the request where a loader makes a second copy of what is required', () => {
  const file = join(folder, 'program.mts')
  writeFileSync(file, PROGRAM)
  const { stdout, stderr } = spawnSync(process.execPath, [`--import=${import.meta.resolve('tsx')}`, file], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout).toBe('/path hello True True 1\n')
})
