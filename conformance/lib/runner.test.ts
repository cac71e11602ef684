import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runConformance } from './runner.ts'

/** A project of its own, with recorded cases beside it. */
let folder: string
let root: string
let cases: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-test-'))
  root = join(folder, 'project')
  cases = join(folder, 'cases')
  write('project/conformance/areas/utils/text.mjs', ADAPTER)
  write('cases/http/utils/text.jsonl', lines(UPPER))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const ADAPTER = `export const functions = {
  upper: ({ value }) => value.toUpperCase(),
  now: () => Date.now(),
  fail: () => { throw Object.assign(new Error('gone'), { name: 'NotFound', code: 404 }) },
  odd: () => new (class Odd {})(),
}
`
const UPPER = { id: 'utils-1', area: 'text', fn: 'upper', args: { value: 'a' }, expect: { ok: 'A' } }
const WRONG = { ...UPPER, id: 'utils-2', expect: { ok: 'B' } }

function lines(...values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('')
}

function write(path: string, text: string): void {
  const full = join(folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
}

async function run(
  ...args: string[]
): Promise<{ code: number; out: string; err: string; last: string | undefined }> {
  let out = ''
  let err = ''
  const code = await runConformance(args, {
    root,
    out: (text) => (out += text),
    err: (text) => (err += text),
  })
  return { code, out, err, last: out.trimEnd().split('\n').at(-1) }
}

const runCases = (...args: string[]) => run('--dir', cases, ...args)

describe('the exit code and the last line', () => {
  it('are 0 and the counts if all cases pass', async () => {
    expect(await runCases()).toMatchObject({ code: 0, last: '1 passed, 0 failed, 0 skipped' })
  })

  it('is 1 if one answer is wrong, and the answer is shown', async () => {
    write('cases/http/utils/text.jsonl', lines(UPPER, WRONG))
    const { code, out, last } = await runCases()
    expect(code).toBe(1)
    expect(last).toBe('1 passed, 1 failed, 0 skipped')
    expect(out).toMatch(/FAILED utils-2 {2}upper\n.*\{"value":"a"\}\n.*\{"ok":"B"\}\n.*\{"ok":"A"\}/)
  })

  it('is 2 for a folder that is not there', async () => {
    const { code, err } = await run('--dir', join(folder, 'nowhere'))
    expect(code).toBe(2)
    expect(err).toMatch(/--dir: there is no folder .*nowhere/)
  })

  it('is 2 for a folder without cases', async () => {
    expect((await run('--dir', folder)).code).toBe(2)
  })

  it('is 0 without the default folder, with one line of why', async () => {
    const { code, out } = await run()
    expect(code).toBe(0)
    expect(JSON.parse((await run('--json')).out)).toMatchObject({ directory: null, total: { failed: 0 } })
    expect(out).toMatch(/^note: there are no recorded cases.*\n0 passed, 0 failed, 0 skipped\n$/)
  })

  it('is 2 for an unknown area, with the closest', async () => {
    const { code, err } = await runCases('utils/txt')
    expect(code).toBe(2)
    expect(err).toMatch(/Did you mean utils\/text\?/)
  })

  it('is 2 for an unknown option', async () => {
    expect(await runCases('--fast')).toMatchObject({ code: 2 })
  })
})

describe('a case', () => {
  it.each<[what: string, test: object, verdict: string]>([
    [
      'takes the released behaviour',
      { expect: { ok: 'B' }, expect_in_3_1: { ok: 'A' } },
      '1 passed, 0 failed',
    ],
    ['runs with the clock stopped', { fn: 'now', expect: { ok: 1704067200000 } }, '1 passed, 0 failed'],
    ['may raise', { fn: 'fail', expect: { raises: { type: 'NotFound', code: 404 } } }, '1 passed, 0 failed'],
    [
      'must raise the right error',
      { fn: 'fail', expect: { raises: { type: 'Gone' } } },
      '0 passed, 1 failed',
    ],
    [
      'may not give what cannot be compared',
      { fn: 'odd', expect: { raises: { type: 'ValueError' } } },
      '0 passed, 1 failed',
    ],
    ['needs an adapter', { fn: 'lower' }, '0 passed, 1 failed'],
  ])('%s', async (_, test, verdict) => {
    write('cases/http/utils/text.jsonl', lines({ ...UPPER, ...test }))
    expect((await runCases()).last).toContain(verdict)
  })

  it('of routing goes to the adapter of its operation', async () => {
    const adapter =
      'export const functions = { match: ({ map, call }) => [map.rules.length, call.path_info] }'
    write('project/conformance/areas/routing.ts', adapter)
    const call = { op: 'match', path_info: '/' }
    const test = { id: 'routing-1', area: 'match', map: { rules: [] }, call, expect: { ok: [0, '/'] } }
    write('cases/http/routing/match.jsonl', lines(test))
    expect((await runCases('routing')).last).toBe('1 passed, 0 failed, 0 skipped')
  })

  it('has one adapter', async () => {
    write('project/conformance/areas/utils/more.mjs', 'export const functions = { upper: () => 1 }')
    await expect(runCases()).rejects.toThrow(/Two adapters for upper: .*more\.mjs and .*text\.mjs/)
  })

  it('is not hidden by an adapter file that cannot be loaded', async () => {
    write('project/conformance/areas/utils/text.mjs', 'throw new Error("broken")')
    const { code, out } = await runCases()
    expect(code).toBe(1)
    expect(out).toMatch(/text\.mjs cannot be loaded: broken/)
  })

  it('that is no JSON is named by its line', async () => {
    write('cases/http/utils/text.jsonl', `${lines(UPPER)}{`)
    await expect(runCases()).rejects.toThrow(/text\.jsonl:2: not JSON/)
  })
})

describe('choosing', () => {
  beforeEach(() => {
    write('cases/http/utils/other.jsonl', lines(WRONG))
    write('cases/jinja/filters.jsonl', lines({ id: 'filters-1', source: '{{ 1 }}' }))
  })

  it('runs one area', async () => {
    expect((await runCases('utils/text')).last).toBe('1 passed, 0 failed, 0 skipped')
  })

  it('runs the cases of an id', async () => {
    const { out, last } = await runCases('--filter', 'utils-1')
    expect(last).toBe('1 passed, 0 failed, 0 skipped')
    expect(out).not.toContain('utils/other')
  })

  it('skips templates with the reason', async () => {
    const { out, last } = await runCases('jinja')
    expect(out).toContain('skipped 1: the template engine is not part of this version yet')
    expect(last).toBe('0 passed, 0 failed, 1 skipped')
  })

  it('runs templates when there is an adapter', async () => {
    write('project/conformance/areas/jinja.ts', "export const check = () => 'differs'\n")
    expect((await runCases('jinja')).last).toBe('0 passed, 1 failed, 0 skipped')
  })

  it('lists the areas', async () => {
    expect((await runCases('--list')).out).toBe('utils/other  1\nutils/text  1\njinja/filters  1\n')
  })

  it('prints JSON, and the closing line apart', async () => {
    const { code, out, err } = await runCases('utils', '--json')
    expect(code).toBe(1)
    expect(err).toBe('1 passed, 1 failed, 0 skipped\n')
    expect(JSON.parse(out)).toMatchObject({
      areas: [
        { name: 'utils/other', differences: [{ id: 'utils-2', fn: 'upper' }] },
        { name: 'utils/text', passed: 1 },
      ],
      total: { passed: 1, failed: 1, skipped: 0, intended: 0 },
    })
  })
})

describe('differences', () => {
  it('are five of an area, unless all are wanted', async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ ...WRONG, id: `utils-${index}` }))
    write('cases/http/utils/text.jsonl', lines(...many))
    expect((await runCases()).out).toMatch(/FAILED utils-4[\s\S]*and 2 more/)
    expect((await runCases('--verbose')).out).toContain('FAILED utils-6')
  })
})

describe('an intended difference', () => {
  const TABLE = '| Cases | What differs | Why | Switch back |\n| --- | --- | --- | --- |\n'
  const equal = Array.from({ length: 99 }, (_, index) => ({ ...UPPER, id: `utils-${100 + index}` }))

  it('does not fail, and is counted by itself', async () => {
    write('project/COMPATIBILITY.md', `${TABLE}| utils-2 | x | y | z |\n`)
    write('cases/http/utils/text.jsonl', lines(WRONG, ...equal))
    const { code, out, last } = await runCases()
    expect(code).toBe(0)
    expect(out).toContain('99 passed, 0 failed, 0 skipped, 1 intended')
    expect(last).toBe('99 passed, 0 failed, 0 skipped')
  })

  it('that does not differ any more is a failure', async () => {
    write('project/COMPATIBILITY.md', `${TABLE}| utils-1..utils-2 | x | y | z |\n`)
    write('cases/http/utils/text.jsonl', lines(UPPER, WRONG, ...equal))
    const { code, out, last } = await runCases()
    expect(code).toBe(1)
    expect(out).toMatch(/COMPATIBILITY\.md:3: utils-1\.\.utils-2 does not differ any more: utils-1/)
    expect(last).toBe('100 passed, 1 failed, 0 skipped')
  })

  it('of an area holds as long as one case differs', async () => {
    write('project/COMPATIBILITY.md', `${TABLE}| utils/text | x | y | z |\n`)
    write('cases/http/utils/text.jsonl', lines(WRONG, ...equal))
    expect((await runCases()).code).toBe(0)
    write('cases/http/utils/text.jsonl', lines(...equal))
    expect((await runCases()).code).toBe(1)
  })

  it('may not be one of less than a hundred cases', async () => {
    write('project/COMPATIBILITY.md', `${TABLE}| utils-2 | x | y | z |\n`)
    write('cases/http/utils/text.jsonl', lines(WRONG, UPPER))
    const { code, out } = await runCases()
    expect(code).toBe(1)
    expect(out).toMatch(/1 of the 2 cases of utils differ on purpose; at most 0/)
  })
})

describe('a transcript', () => {
  const steps = (...steps: object[]): void => {
    write('cases/http/apps/shop/transcript.jsonl', lines(...steps))
    write('cases/http/apps/shop/static/a.txt', 'file')
  }
  const answer = (body: string, headers: [string, string][] = [], more: object = {}): object => ({
    status: 200,
    headers: [['Content-Length', String(body.length)], ...headers],
    body: Buffer.from(body).toString('base64'),
    body_text: body,
    ...more,
  })
  const request = (method: string, url: string, more: object = {}): object => ({
    method,
    url,
    headers: [],
    ...more,
  })

  it('without an application is skipped', async () => {
    steps({ step: 1, request: request('GET', '/'), response: answer('x') })
    const { code, out, last } = await runCases('apps')
    expect(code).toBe(0)
    expect(out).toContain('skipped 1: the application shop is not written yet')
    expect(last).toBe('0 passed, 0 failed, 1 skipped')
  })

  it('carries cookies, captured headers, the clock and the mount from step to step', async () => {
    // The fields of the request that an application can see, as its body.
    const echo = `export function createApp({ root }) {
      return { fetch: (request) => new Response(
        [request.method, request.url, request.headers.get('cookie'), request.headers.get('if-match'), request.remoteAddr].join(' '),
        { headers: [['ETag', '"t"'], ['Set-Cookie', 'a=1; Path=/app'], ['Expires', new Date(Date.now() + 90000).toUTCString()]] },
      ) }
    }`
    write('apps/shop.mjs', echo)
    const headers: [string, string][] = [
      ['Content-Type', 'text/plain;charset=UTF-8'],
      ['ETag', '<file-etag>'],
      ['Expires', '<date:now+90>'],
      ['Set-Cookie', 'a=1; Path=/app'],
    ]
    const mounted = { script_name: '/app', host: 'b.test', scheme: 'https', remote_addr: '10.0.0.1' }
    steps(
      {
        step: 1,
        request: request('GET', '/x', mounted),
        response: { ...answer('GET https://b.test/app/x   10.0.0.1'), headers },
      },
      {
        step: 2,
        wait_seconds: 3600,
        request: request('GET', '/x', { ...mounted, headers: [['If-Match', '$'.concat('{etag1}')]] }),
        response: { ...answer('GET https://b.test/app/x a=1 "t" 10.0.0.1'), headers },
      },
      {
        step: 3,
        client: 'b',
        request: request('GET', '/x', mounted),
        response: { ...answer('GET https://b.test/app/x   10.0.0.1'), headers },
      },
      {
        step: 4,
        request: request('GET', '/x', { ...mounted, send_cookies: false }),
        response: { ...answer('GET https://b.test/app/x   10.0.0.1'), headers },
      },
      {
        step: 5,
        request: request('GET', '/x'),
        response: { ...answer('GET http://localhost/x   127.0.0.1'), headers },
      },
      { step: 6, request: request('HEAD', '/x'), response: { ...answer(''), headers } },
    )
    const { out, last } = await runCases('apps/shop', '--apps', join(folder, 'apps'))
    expect(out).not.toContain('FAILED')
    expect(last).toBe('6 passed, 0 failed, 0 skipped')
  })

  it('finds a wrong status, header and body', async () => {
    write(
      'apps/shop.mjs',
      "export const createApp = () => ({ fetch: () => new Response('x', { headers: { B: '1' } }) })",
    )
    const plain: [string, string] = ['Content-Type', 'text/plain;charset=UTF-8']
    const right = { status: 200, headers: [plain, ['B', '1']], body: 'eA==', body_text: 'x' }
    steps(
      { step: 1, request: request('GET', '/'), response: right },
      { step: 2, request: request('GET', '/'), response: { ...right, status: 404 } },
      { step: 3, request: request('GET', '/'), response: { ...right, headers: [plain] } },
      { step: 4, request: request('GET', '/'), response: { ...right, body: 'eQ==' } },
    )
    const { code, out, last } = await runCases('apps', '--apps', join(folder, 'apps'))
    expect(code).toBe(1)
    expect(last).toBe('1 passed, 3 failed, 0 skipped')
    expect(out).toMatch(/status: expected 404, got 200[\s\S]*expected no b[\s\S]*body: differs at byte 0/)
  })

  it('fails where the application cannot be made', async () => {
    write('apps/shop.mjs', "export const createApp = () => { throw new Error('no database') }")
    steps({ step: 1, request: request('GET', '/'), response: answer('x') })
    const { code, out } = await runCases('apps', '--apps', join(folder, 'apps'))
    expect(code).toBe(1)
    expect(out).toContain('could not be run: no database')
  })
})
