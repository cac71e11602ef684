import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { answerDifference } from './answer-difference.ts'
import { copyApp } from './app-copy.ts'
import type { Area, AreaGroup, CaseResult, RunSettings } from './area.ts'
import { namesIn, readLines } from './case-file.ts'
import { type FrozenClock, withFrozenClock } from './clock.ts'
import { CookieJar } from './cookie-jar.ts'
import { type App, type Gateway, inProcessGateway } from './gateway.ts'
import { withQuietConsole } from './quiet-console.ts'
import { socketGateway } from './socket-gateway.ts'
import { withinTime } from './time-limit.ts'
import { type Answer, captureHeaders, expectedAnswer, type Step, toStepRequest } from './transcript.ts'
import type { Json } from './values.ts'

/** What a file of `conformance/apps` exports. */
export interface AppModule {
  /** Makes the application; `root` is a folder with the recorded application's templates and files. */
  createApp(options: { root: string }): App | Promise<App>
}

/** The areas of recorded applications. */
export const appAreas: AreaGroup = {
  name: 'apps',
  list: listApps,
  count: async (area) => (await readLines(area.path)).length,
  run: runArea,
}

async function listApps(directory: string): Promise<Area[]> {
  const folder = join(directory, 'http', 'apps')
  return (await namesIn(folder))
    .map((name) => ({ name: `apps/${name}`, path: join(folder, name, 'transcript.jsonl') }))
    .filter(({ path }) => existsSync(path))
}

async function runArea(area: Area, settings: RunSettings): Promise<CaseResult[]> {
  const name = area.name.slice('apps/'.length)
  const steps = await readLines<Step>(area.path)
  const file = ['ts', 'mjs', 'js'].map((ending) => join(settings.apps, `${name}.${ending}`)).find(existsSync)
  const results =
    file === undefined
      ? steps.map((step) => skipped(name, step))
      : await runTranscript(name, steps, file, dirname(area.path), settings)
  // Steps build on each other, so all are run and those that were asked for are told.
  return results.filter((result) => settings.wants(result.id))
}

function skipped(name: string, step: Step): CaseResult {
  const { method, url } = step.request
  return {
    id: stepId(name, step),
    fn: `${method} ${url}`,
    verdict: 'skipped',
    reason: `the application ${name} is not written yet`,
  }
}

async function runTranscript(
  name: string,
  steps: readonly Step[],
  file: string,
  folder: string,
  settings: RunSettings,
): Promise<CaseResult[]> {
  const copy = await copyApp(folder)
  const detours: string[] = []
  try {
    // Whole seconds, as HTTP dates have them.
    const start = Math.floor(Date.now() / 1000) * 1000
    return await withQuietConsole(() =>
      withFrozenClock(async (clock) => {
        const module = (await import(pathToFileURL(file).href)) as AppModule
        const app = await module.createApp({ root: copy.root })
        const gateway = settings.socket
          ? await socketGateway(app, { onDetour: (reason) => detours.push(reason) })
          : inProcessGateway(app)
        try {
          return await runSteps(name, steps, gateway, clock, settings.socket)
        } finally {
          await gateway.close()
        }
      }, start),
    )
  } catch (error) {
    const reason = `the application could not be run: ${(error as Error).message}`
    return steps.map((step) => ({ ...skipped(name, step), verdict: 'failed', reason }))
  } finally {
    await copy.remove()
    for (const [reason, count] of countEqual(detours)) {
      settings.note(`${name}: ${count} without a server, since ${reason}`)
    }
  }
}

async function runSteps(
  name: string,
  steps: readonly Step[],
  gateway: Gateway,
  clock: FrozenClock,
  isWire: boolean,
): Promise<CaseResult[]> {
  const run = new TranscriptRun(gateway, clock, isWire)
  const results: CaseResult[] = []
  for (const step of steps) results.push(await run.step(stepId(name, step), step))
  return results
}

/** One run of a transcript, with what carries over from step to step. */
class TranscriptRun {
  readonly #gateway: Gateway
  readonly #clock: FrozenClock
  readonly #isWire: boolean
  readonly #jars = new Map<string, CookieJar>()
  readonly #captured = new Map<string, string>()
  readonly #fileEtags = new Map<string, string>()

  constructor(gateway: Gateway, clock: FrozenClock, isWire: boolean) {
    this.#gateway = gateway
    this.#clock = clock
    this.#isWire = isWire
  }

  async step(id: string, step: Step): Promise<CaseResult> {
    const expected = expectedAnswer(step)
    const { method, url, ...rest } = step.request
    const details = { id, fn: `${method} ${url}`, args: rest as Json, expected: expected as unknown as Json }
    this.#clock.advance((step.wait_seconds ?? 0) * 1000)
    try {
      const answer = await this.#send(step)
      captureHeaders(step, answer, this.#captured)
      const difference = answerDifference(expected, answer, {
        isHead: method === 'HEAD',
        isWire: this.#isWire,
        now: this.#clock.now,
        session: expected.session ?? {},
        fileEtag: this.#fileEtags.get(url),
      })
      if (difference === null) this.#keepFileEtag(url, step, answer)
      return {
        ...details,
        got: describeAnswer(answer),
        verdict: difference === null ? 'passed' : 'failed',
        reason: difference ?? '',
      }
    } catch (error) {
      return { ...details, verdict: 'failed', reason: `no answer: ${(error as Error).message}` }
    }
  }

  async #send(step: Step): Promise<Answer> {
    const client = step.client ?? 'a'
    const jar = this.#jars.get(client) ?? new CookieJar()
    this.#jars.set(client, jar)
    const { url, host = 'localhost', scheme = 'http', script_name = '', send_cookies = true } = step.request
    const target = { host, scheme, path: `${script_name}${url.split('?', 1)[0]}` }
    const cookies = send_cookies ? jar.headerFor(target) : ''
    const answer = await withinTime(this.#gateway.send(toStepRequest(step, this.#captured, cookies)))
    jar.receive(answer.headers, target)
    return answer
  }

  /** A file that has not changed has the same entity tag at every later step. */
  #keepFileEtag(url: string, step: Step, answer: Answer): void {
    const isFile = step.response.headers.some(([, value]) => value === '<file-etag>')
    const etag = answer.headers.find(([header]) => header.toLowerCase() === 'etag')?.[1]
    if (isFile && etag !== undefined) this.#fileEtags.set(url, etag)
  }
}

function stepId(name: string, step: Step): string {
  return `${name}-${step.step}`
}

function describeAnswer({ status, headers, body }: Answer): Json {
  const text = Buffer.from(body).toString('utf8')
  return { status, headers: headers.map(([name, value]) => [name, value]), body_text: text.slice(0, 2000) }
}

function countEqual(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
