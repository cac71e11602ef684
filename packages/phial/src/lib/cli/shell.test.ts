import { currentApp, g, Phial } from 'phial'
import { describe, expect, it } from 'vitest'

const app = new Phial('shop', { staticFolder: null })
let tornDown = 0
app.shellContextProcessor(() => ({ answer: 42, current: () => `${currentApp.name} ${g['user']}` }))
app.shellContextProcessor(async () => ({ db: { name: 'memory' } }))
app.teardownAppContext(() => {
  tornDown++
})

/** What is piped into the shell, line by line. */
function shell(...lines: string[]) {
  return app.testCliRunner().invoke(['shell'], { input: lines.map((line) => `${line}\n`).join('') })
}

describe('phial shell with piped input', () => {
  it('prints what statements give, without prompts', async () => {
    expect(await shell('answer + 1', "'text'", 'undefined', '', 'db')).toMatchObject({
      exitCode: 0,
      stdout: "43\n'text'\n{ name: 'memory' }\n",
      stderr: '',
    })
  })

  it('has the application and g, in a context of the application', async () => {
    const before = tornDown
    const result = await shell('app.name', "g.user = 'ann'", 'await null', 'current()')
    expect(result).toMatchObject({ exitCode: 0, stdout: "'shop'\n'ann'\nnull\n'shop ann'\n" })
    expect(tornDown).toBe(before + 1)
    expect(Reflect.has(globalThis, 'answer')).toBe(false)
  })

  it('builds URLs', async () => {
    const site = new Phial('site', { staticFolder: null, config: { SERVER_NAME: 'example.com' } })
    site.get('/posts/<int:id>', { endpoint: 'post' }, () => '')
    const { stdout } = await site.testCliRunner().invoke(['shell'], { input: "urlFor('post', { id: 1 })\n" })
    expect(stdout).toBe("'http://example.com/posts/1'\n")
  })

  it('awaits at the top, and the next line waits', async () => {
    const result = await shell(
      'globalThis.steps = []',
      "await new Promise((done) => setTimeout(() => done(steps.push('first')), 20))",
      "steps.push('second')",
      'steps',
    )
    expect(result).toMatchObject({ exitCode: 0, stdout: "[]\n1\n2\n[ 'first', 'second' ]\n" })
  })

  it('takes statements of several lines', async () => {
    expect(await shell('function twice(n) {', '  return n * 2', '}', 'twice(answer)')).toMatchObject({
      exitCode: 0,
      stdout: '84\n',
    })
  })

  it.each([
    ['is thrown', "throw new TypeError('wrong')"],
    ['is rejected', "await Promise.reject(new TypeError('wrong'))"],
  ])('ends at the first error that %s', async (_how, line) => {
    const { exitCode, stdout, stderr } = await shell('1', line, '2')
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '1\n' })
    expect(stderr).toMatch(/^TypeError: wrong\n/)
  })

  it('says that a statement is not whole', async () => {
    expect(await shell('function open() {')).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: 'Error: The input ends in the middle of a statement.\n',
    })
  })

  it('ends with .exit', async () => {
    expect(await shell('1', '.exit', '2')).toMatchObject({ exitCode: 0, stdout: '1\n' })
  })

  it('works on values of the own realm', async () => {
    expect(await shell('[[] instanceof Array, Promise.resolve() instanceof Promise]')).toMatchObject({
      stdout: '[ true, true ]\n',
    })
  })
})
