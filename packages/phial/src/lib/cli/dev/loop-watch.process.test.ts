import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { project, start } from '../../../../test/process.ts'

const files = {
  'app.ts': `import { Phial } from 'phial'
import { busy } from './busy.ts'
const app = new Phial(import.meta)
app.get('/', () => 'quick')
app.get('/slow/<int:n>', function slow() { return busy(500) })
app.get('/<path:any>', () => busy(500))
app.get('/later', async () => { await new Promise((resolve) => setTimeout(resolve, 300)); return 'waited' })
export default app
`,
  'busy.ts': `export function busy(milliseconds: number): string {
  const end = Date.now() + milliseconds
  let sum = 0
  while (Date.now() < end) sum += Math.sqrt(sum + 1)
  return sum > 0 ? 'done' : ''
}
`,
}

/** Waits until the thread that looks after the loop runs, then asks for paths in turn. */
async function errorsOf(args: string[], paths: string[]): Promise<string> {
  const server = await start(project(files), ['--no-log', ...args])
  await sleep(1800)
  for (const path of paths) {
    expect((await fetch(server.url + path)).status).toBe(200)
    await sleep(400)
  }
  server.child.kill('SIGINT')
  expect(await server.ended).toBe(0)
  return server.err
}

it('R14: tells in debug mode which request held the event loop, and where, once', async () => {
  const errors = await errorsOf(['--debug', '--no-reload'], ['/', '/later', '/slow/1', '/slow/1', '/%1b[31m'])
  expect(errors.match(/event loop/g)).toHaveLength(2)
  expect(errors).toContain('while GET /\\x1b[31m was answered')
  expect(errors).toMatch(
    /^The event loop was held for \d{3,4} ms while GET \/slow\/1 was answered; nothing else was done in that time\.\n {2}It was in (?:busy \(busy\.ts:\d\), called by )?slow \(app\.ts:5\)/m,
  )
})

it('R14: and where a reloader serves', async () => {
  expect(await errorsOf(['--debug'], ['/slow/2'])).toContain('while GET /slow/2 was answered')
})

it('says nothing else', async () => {
  expect(await errorsOf([], ['/slow/1'])).toBe('')
})
