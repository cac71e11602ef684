import { describe, expect, it } from 'vitest'
import { launch, project } from '../../../test/process.ts'

// A pipe that says it is a terminal: Node then reads keys from it, and shows what is typed itself.
const app = `import { Phial } from 'phial'
import { confirm, prompt } from 'phial/commands'
process.stdin.isTTY = true
const app = new Phial(import.meta, { staticFolder: null })
app.teardownAppContext(() => console.log('torn down'))
app.cli.command('ask', async () => {
  const name = await prompt('Name', { default: 'bob' })
  const key = await prompt('Key', { hideInput: true })
  if (await confirm('Sure?')) console.log(JSON.stringify({ name, key }))
})
export default app
`
const folder = project({ 'app.js': app })

const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const BACKSPACE = '\u007f'

describe('a question at a terminal', () => {
  it('is answered by keys; secrets are not shown', async () => {
    const ask = launch(folder, ['ask'])
    await ask.until('Name [bob]: ')
    ask.child.stdin.write(`am${BACKSPACE}nn\r`)
    await ask.until('Key: ')
    ask.child.stdin.write('s3cret\r')
    await ask.until('Sure? [y/N]: ')
    ask.child.stdin.write('y\r')
    expect(await ask.ended).toBe(0)
    expect(ask.out).toContain('{"name":"ann","key":"s3cret"}\n')
    expect(ask.out.replace('"s3cret"', '')).not.toContain('s3')
    expect(ask.err).toBe('')
  })

  it.each([
    ['R29: Ctrl+C', CTRL_C, 130],
    ['Ctrl+D', CTRL_D, 1],
  ])('is left by %s, without a stack', async (_key, key, code) => {
    for (const question of ['Name [bob]: ', 'Key: ']) {
      const ask = launch(folder, ['ask'])
      await ask.until('Name [bob]: ')
      if (question === 'Key: ') ask.child.stdin.write('ann\r')
      await ask.until(question)
      ask.child.stdin.write(key)
      expect(await ask.ended).toBe(code)
      expect(ask.out).toMatch(/\ntorn down\n$/)
      expect(ask.err).toBe('')
    }
  })
})
