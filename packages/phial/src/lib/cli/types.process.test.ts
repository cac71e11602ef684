import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { launch, phial, project } from '../../../test/process.ts'

const root = fileURLToPath(new URL('../../../../../', import.meta.url))

const app = `import { Phial } from 'phial'
const app: Phial = new Phial(import.meta)
app.get('/', { endpoint: 'home' }, () => '')
app.get('/posts/<int:id>', { endpoint: 'blog.post' }, () => '')
export const add = app.get('/add/<int:n>', { endpoint: 'add' }, () => '')
export default app
`

/** What the compiler says of calls in a project for which `phial types` has run. */
function compile(folder: string, calls: readonly string[]): string[] {
  const lines = [
    "import { getTemplateAttribute, renderBlock, renderTemplate, renderTemplateAsync, streamTemplate, urlFor } from 'phial'",
    "import { add } from './app.ts'",
    'declare const name: string',
    'declare const values: Record<string, unknown>',
    ...calls.map((call) => `void ${call}`),
  ]
  writeFileSync(join(folder, 'use.ts'), lines.join('\n'))
  const { stdout } = spawnSync(process.execPath, [join(root, 'node_modules/ts7/bin/tsc'), '-p', '.'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((line) => line !== '')
}

const tsconfig = JSON.stringify({
  extends: join(root, 'tsconfig.base.json'),
  compilerOptions: {
    noEmit: true,
    isolatedDeclarations: false,
    allowImportingTsExtensions: true,
    typeRoots: [join(root, 'node_modules/@types')],
  },
  include: ['*.ts'],
})

describe('the registry that phial types writes', () => {
  const folder = project({
    'app.ts': app,
    'tsconfig.json': tsconfig,
    'templates/layout.html': '{{ title }}{% block main %}{% endblock %}',
    'templates/post.html': '{% extends "layout.html" %}{% block main %}{{ post }}{% endblock %}',
    'templates/about.html': 'Nothing to fill in.',
    'templates/frame.html': '{% include page %}',
  })

  it('is needed for endpoints and templates to be checked', () => {
    const calls = [
      "urlFor('anything', { at: 'all' })",
      "urlFor('home')",
      "renderTemplate('any', { at: 'all' })",
    ]
    expect(compile(folder, calls)).toEqual([])
    expect(phial(folder, ['types'])).toEqual({ code: 0, out: 'phial-types.d.ts is written.\n', err: '' })
  })

  it('lets right calls pass', () => {
    const calls = [
      "urlFor('home')",
      "urlFor('home', {})",
      "urlFor('home', { page: 2 }, { external: true })",
      "urlFor('blog.post', { id: 1, page: 'x' })",
      "urlFor('static', { filename: 'a.css' })",
      'urlFor(add, { n: 1 })',
      // What is known only when the program runs, and what is relative, is not checked.
      "urlFor(String('home'), { at: 'all' })",
      `urlFor(\`\${name}.index\`)`,
      "urlFor('.post', { at: 'all' })",
      "renderTemplate('post.html')",
      "renderTemplate('post.html', {})",
      "renderTemplate('post.html', { title: 'x', post: 1 })",
      "renderTemplate('post.html', values)",
      "renderTemplate('about.html')",
      "renderTemplate('frame.html', { page: 'post.html', title: 'x' })",
      "renderTemplate(['about.html', 'post.html'], { post: 1 })",
      `renderTemplate([\`\${name}.html\`, 'post.html'], { at: 'all' })`,
      "renderTemplate(name, { at: 'all' })",
      "renderTemplateAsync('post.html', { post: Promise.resolve(1) })",
      "streamTemplate('post.html', { post: 1 })",
      "renderBlock('post.html', ['main'], { post: 1 })",
      "getTemplateAttribute('layout.html', 'title')",
    ]
    expect(compile(folder, calls)).toEqual([])
  })

  it.each([
    ["urlFor('blog.post')", 'Expected 2-3 arguments, but got 1.'],
    ["urlFor('blog.post', {})", "Argument of type '{}' is not assignable"],
    ["urlFor('blog.post', { id: 'x' })", "Type 'string' is not assignable to type 'number'."],
    [
      "urlFor('blog.pots', { id: 1 })",
      `Argument of type '"blog.pots"' is not assignable to parameter of type`,
    ],
    ['urlFor(add)', 'Expected 2-3 arguments, but got 1.'],
    ["urlFor(add, { n: 'x' })", "Type 'string' is not assignable to type 'number'."],
    ["renderTemplate('pots.html')", `Argument of type '"pots.html"' is not assignable`],
    ["renderTemplate('post.html', { titel: 'x' })", "Did you mean to write 'title'?"],
    ["renderTemplate('about.html', { title: 'x' })", "Type 'string' is not assignable to type 'never'."],
    ["renderTemplate(['pots.html', 'post.html'])", "is not assignable to type 'never'."],
    ["renderTemplate(['about.html', 'layout.html'], { x: 1 })", "is not assignable to type 'never'."],
    ["renderTemplateAsync('post.html', { titel: 'x' })", "Did you mean to write 'title'?"],
    ["streamTemplate('post.html', { titel: 'x' })", "Did you mean to write 'title'?"],
    ["renderBlock('post.html', 'main', { titel: 'x' })", "Did you mean to write 'title'?"],
    ["renderBlock('pots.html', 'main')", `Argument of type '"pots.html"' is not assignable`],
    ["getTemplateAttribute('pots.html', 'x')", `Argument of type '"pots.html"' is not assignable`],
  ])('refuses %s', (call, message) => {
    const [first = ''] = compile(folder, [call])
    expect(first).toMatch(/^use\.ts\(5,/)
    expect(first).toContain(message)
  })
})

describe('phial types --watch', () => {
  it('writes the file again when a source has changed', async () => {
    const folder = project({ 'app.ts': app })
    const types = launch(folder, ['types', '--watch'])
    await types.until(/phial-types\.d\.ts is written\.\n/)
    writeFileSync(join(folder, 'app.ts'), app.replace('blog.post', 'blog.entry'))
    await types.until(/is written[\s\S]+is written/)
    const text = (): string => readFileSync(join(folder, 'phial-types.d.ts'), 'utf8')
    expect(text()).toContain('"blog.entry": { id: number }')
    mkdirSync(join(folder, 'templates/blog'), { recursive: true })
    writeFileSync(join(folder, 'templates/blog/post.page'), '{{ post }}')
    await types.until(/(?:is written[\s\S]+){2}is written/)
    expect(text()).toContain('"blog/post.page": { post?: unknown }')
    writeFileSync(join(folder, 'templates/blog/post.page'), '{{ entry }}')
    await types.until(/(?:is written[\s\S]+){3}is written/)
    expect(text()).toContain('"blog/post.page": { entry?: unknown }')
    types.child.kill('SIGINT')
    expect(await types.ended).toBe(0)
    expect(types.err).toBe('')
  })
})
