// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders are what is tested
import { chownSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { phial, projects } from '../../../test/project.ts'

const project = projects()
const apps = new URL('../../../test/apps/', import.meta.url).pathname

/** The variables after a command that reads the files of a folder. */
async function variables(
  files: Record<string, string>,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Record<string, string | undefined>> {
  const folder = project(files)
  const outcome = await phial(folder, [...args, '--app', `${apps}site.ts`, 'routes'], { env: { ...env } })
  expect(outcome).toMatchObject({ code: 0, err: '' })
  const { PHIAL_DEBUG: _debug, ...others } = outcome.env
  return others
}

describe('files with environment variables', () => {
  it.each<
    [
      what: string,
      files: Record<string, string>,
      args: string[],
      env: Record<string, string>,
      expected: object,
    ]
  >([
    ['.env', { '.env': 'A=1\nB="two words"\n# C=3\n' }, [], {}, { A: '1', B: 'two words' }],
    ['.phialenv', { '.phialenv': 'A=1' }, [], {}, { A: '1' }],
    ['.env over .phialenv', { '.phialenv': 'A=1\nB=1', '.env': 'B=2' }, [], {}, { A: '1', B: '2' }],
    ['--env-file over both', { '.env': 'A=1\nB=1', x: 'B=2' }, ['--env-file', 'x'], {}, { A: '1', B: '2' }],
    ['-e', { x: 'A=1' }, ['-e', 'x'], {}, { A: '1' }],
    ['PHIAL_ENV_FILE', { x: 'A=1' }, [], { PHIAL_ENV_FILE: 'x' }, { A: '1', PHIAL_ENV_FILE: 'x' }],
    ['variables over all files', { '.env': 'A=1', x: 'A=2' }, ['-e', 'x'], { A: '' }, { A: '' }],
    [
      'none with PHIAL_SKIP_DOTENV, but the named one',
      { '.env': 'A=1', x: 'B=2' },
      ['-e', 'x'],
      { PHIAL_SKIP_DOTENV: '1' },
      { B: '2', PHIAL_SKIP_DOTENV: '1' },
    ],
    ['files of other systems', { '.env': '\uFEFFA=1\r\nexport B=2\r\n' }, [], {}, { A: '1', B: '2' }],
    ['values as they stand', { '.env': "A='$HOME $B'\nB=a=b" }, [], {}, { A: '$HOME $B', B: 'a=b' }],
  ])('%s', async (_what, files, args, env, expected) => {
    expect(await variables(files, args, env)).toEqual(expected)
  })

  it.each<[what: string, file: string, env: Record<string, string>, expected: object]>([
    ['of lines before', 'HOST=db\nURL="pg://${HOST}/x"', {}, { HOST: 'db', URL: 'pg://db/x' }],
    ['of the environment, which wins', 'A=file\nB=${A}', { A: 'set' }, { A: 'set', B: 'set' }],
    ['that are not there', 'A=<${NONE}>', {}, { A: '<>' }],
    ['with a default', 'A=${NONE:-a b}\nB=${A:-x}', {}, { A: 'a b', B: 'a b' }],
    ['not in single quotes', "A=1\nB='${A}'", {}, { A: '1', B: '${A}' }],
    ['not without braces', 'A=1\nB=$A', {}, { A: '1', B: '$A' }],
    ['in linear order', 'A=${B}\nB=1', {}, { A: '', B: '1' }],
  ])('may use other variables: %s', async (_what, file, env, expected) => {
    expect(await variables({ '.env': file }, [], env)).toEqual(expected)
  })

  it('use variables of the files under them', async () => {
    expect(await variables({ '.phialenv': 'A=1', '.env': 'B=${A}2' })).toEqual({ A: '1', B: '12' })
  })

  it('are looked for in the folders above', async () => {
    const root = project({ '.env': 'A=above', 'sub/package.json': '{}' })
    const { env } = await phial(`${root}/sub`, ['--app', `${apps}site.ts`, 'routes'])
    expect(env['A']).toBe('above')
  })

  it.skipIf(process.getuid?.() !== 0)('S126 of another user are not read above the project', async () => {
    const root = project({ '.env': 'A=above', 'sub/package.json': '{}', 'own/.env': 'A=own' })
    chownSync(`${root}/.env`, 12345, 12345)
    chownSync(`${root}/own/.env`, 12345, 12345)
    const valueIn = async (folder: string): Promise<string | undefined> =>
      (await phial(`${root}/${folder}`, ['--app', `${apps}site.ts`, 'routes'])).env['A']
    expect(await valueIn('sub')).toBeUndefined()
    expect(await valueIn('own')).toBe('own')
  })

  it('may follow the command, and set its options and the application', async () => {
    const folder = project({ x: `PHIAL_APP=${apps}site.ts\nPHIAL_ROUTES_ALL_METHODS=1` })
    const { code, out } = await phial(folder, ['routes', '--env-file', 'x'])
    expect(code).toBe(0)
    expect(out).toContain('GET, HEAD, OPTIONS')
  })

  it('are there for the commands of an application', async () => {
    const folder = project({
      '.env': 'PHIAL_APP=site',
      'site.mjs': SITE,
    })
    const { out } = await phial(folder, ['--help'])
    expect(out).toMatch(/^ +hello$/m)
  })

  it('are an error where the named one is missing', async () => {
    const folder = project({})
    expect(await phial(folder, ['routes', '-e', 'nope'])).toMatchObject({
      code: 2,
      out: '',
      err: `Error: The file 'nope' of --env-file cannot be read: there is no such file. The path is relative to ${folder}.\n`,
    })
    expect((await phial(folder, ['-e', '.', 'routes'])).err).toContain(
      "The file '.' of --env-file cannot be read: it is a folder.",
    )
  })
})

const SITE = `
const hello = { kind: 'command', name: 'hello', help: '', epilog: '', hidden: false, arguments: [], options: [], withAppContext: false, handler: () => undefined }
export const app = { name: 'site', urlMap: {}, config: {}, fetch() {}, cli: { kind: 'group', commands: new Map([['hello', hello]]) } }
`
