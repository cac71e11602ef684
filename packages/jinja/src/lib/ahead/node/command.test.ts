import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PrecompiledEnvironment } from '../../precompiled-environment.ts'
import { runCommand } from './command.ts'

let root: string

beforeAll(() => {
  // Inside the package, so that modules find its runtime.
  const dist = fileURLToPath(new URL('../../../../dist/', import.meta.url))
  mkdirSync(dist, { recursive: true })
  root = mkdtempSync(join(dist, 'command-'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

let folders = 0

/** A folder with files. */
function folderWith(files: Record<string, string>): string {
  const folder = join(root, String(folders++))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

async function run(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const code = await runCommand(args, {
    cwd,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

describe('phial-jinja compile', () => {
  test('writes modules that a precompiled environment renders', async () => {
    const cwd = folderWith({
      'templates/page.html': '{% extends "base.html" %}{% block body %}{{ name|upper }}{% endblock %}',
      'templates/base.html': '<b>{% block body %}{% endblock %}</b>',
      'templates/mail/hi.txt': 'Hi {{ name }}',
      'templates/notes.md': '{% broken',
    })
    const { code, out } = await run(cwd, 'compile', 'templates', '--out', 'out', '--ext', 'html,txt')
    expect([code, out]).toEqual([0, 'Compiled 3 templates to out\n'])
    const { default: templates } = (await import(pathToFileURL(join(cwd, 'out/templates.js')).href)) as {
      default: Record<string, object>
    }
    const environment = new PrecompiledEnvironment({ templates })
    const variables = { name: '<ann>' }
    expect(environment.getTemplateSync('page.html').render(variables)).toBe('<b>&lt;ANN&gt;</b>')
    expect(await environment.getTemplateSync('page.html').renderAsync(variables)).toBe('<b>&lt;ANN&gt;</b>')
    expect(environment.getTemplateSync('mail/hi.txt').render(variables)).toBe('Hi <ann>')
  })

  test('leaves files alone that stay the same', async () => {
    const cwd = folderWith({ 't/a.txt': 'a' })
    await run(cwd, 'compile', 't', '-o', 'out')
    const file = join(cwd, 'out/a.txt.js')
    utimesSync(file, 1, 1)
    await run(cwd, 'compile', 't', '-o', 'out')
    expect(statSync(file).mtimeMs).toBe(1000)
  })

  test('shows the place of what cannot be compiled', async () => {
    const { code, err } = await run(folderWith({ 't/a.txt': 'x\n{% if %}' }), 'compile', 't', '-o', 'out')
    expect(code).toBe(1)
    expect(err).toContain('> 2 | {% if %}')
  })
})

describe('phial-jinja check', () => {
  const files = {
    't/a.html': '{{ x|money }}{% do y %}{{ x|uper }}',
    't/b.html': '{% for x in y %}{% block z %}{{ x }}{% endblock %}{% endfor %}',
  }

  test('reports problems with the source', async () => {
    const { code, out, err } = await run(
      folderWith(files),
      ...['check', 't', '--filter', 'money', '--extension', 'do'],
    )
    expect([code, out]).toEqual([1, 'Checked 2 templates: 2 problems\n'])
    expect(err).toContain(
      `${join('t', 'a.html')}:1:29 error: there is no filter named 'uper' (unknown-filter)`,
    )
    expect(err).toContain("Did you mean 'upper'?")
    expect(err).toContain(`${join('t', 'b.html')}:1:20 warning`)
  })

  test('as JSON, without warnings, with settings of a file', async () => {
    const config = JSON.stringify({ filters: ['money', 'uper'], extensions: ['jinja2.ext.do'] })
    const cwd = folderWith({ ...files, 'jinja.json': config })
    const all = await run(cwd, 'check', 't', '--json', '--config', 'jinja.json')
    expect(all.code).toBe(1)
    expect(JSON.parse(all.out)).toMatchObject({
      templates: 2,
      problems: [{ template: 'b.html', line: 1, column: 20, severity: 'warning', code: 'unscoped-block' }],
    })
    const errors = await run(cwd, 'check', 't', '--errors-only', '-c', 'jinja.json')
    expect([errors.code, errors.out]).toEqual([0, 'Checked 2 templates: no problems\n'])
  })

  test('settings of a module, an environment or its options', async () => {
    const options = "export default { variableStartString: '[[', variableEndString: ']]' }\n"
    const cwd = folderWith({ 't/a': '[[ x|uper ]]{{ x|uper }}', 'options.mjs': options })
    const { code, err } = await run(cwd, 'check', 't', '-c', 'options.mjs')
    expect(code).toBe(1)
    expect(err.match(/ error: /g)).toHaveLength(1)
    const other = await run(cwd, 'check', 't', '-c', 'options.mjs', '--variable', '<< >>')
    expect(other.code).toBe(0)
  })
})

describe('phial-jinja types', () => {
  test('writes a declaration file, and says if it is stale', async () => {
    const cwd = folderWith({ 't/a.html': '{{ name }}{{ site }}' })
    const args = ['types', 't', '--out', 'gen/templates.d.ts', '--global', 'site']
    expect((await run(cwd, ...args, '--check')).code).toBe(1)
    expect(await run(cwd, ...args)).toMatchObject({ code: 0, out: 'Wrote gen/templates.d.ts\n' })
    expect(readFileSync(join(cwd, 'gen/templates.d.ts'), 'utf8')).toContain('"a.html": { name: unknown }')
    expect((await run(cwd, ...args, '--check')).code).toBe(0)
    writeFileSync(join(cwd, 't/a.html'), '{{ title }}')
    expect(await run(cwd, ...args, '--check')).toMatchObject({
      code: 1,
      err: expect.stringContaining('not up to date'),
    })
  })
})

describe('mistakes in the command line', () => {
  test.each<[string[], string]>([
    [['check'], 'expected the folder of the templates'],
    [['bake', 't'], "expected the command compile, check or types, got 'bake'"],
    [['check', 't', 'u'], "expected one folder, got 'u' too"],
    [['check', 't', '--out', 'x'], "'check' has no option --out"],
    [['compile', 't'], 'expected --out'],
    [['check', 't', '--wrong'], '--wrong'],
    [['check', 't', '--block', '{%'], 'expected two delimiters'],
    [['check', 't', '--autoescape', 'maybe'], 'expected on, off or html'],
    [['check', 't', '--ext', 'xyz'], "there are no templates with names that end in .xyz in 't'"],
    [['check', 't', '--config', 'bad.json'], "there is no setting 'filter'"],
    [['check', 't', '--config', 'missing.json'], 'missing.json'],
  ])('%j', async (args, message) => {
    const { code, err } = await run(folderWith({ 't/a': 'a', 'bad.json': '{"filter": []}' }), ...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(err).toContain("Try 'phial-jinja --help'.")
  })

  test('help', async () => {
    expect(await run(root, '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: phial-jinja'),
    })
  })
})
