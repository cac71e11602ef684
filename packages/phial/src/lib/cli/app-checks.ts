import { relative } from 'node:path'
import { checkTemplates, reportProblem } from '@phial/jinja/precompile'
import type { SecretKey } from '@phial/signer'
import type { Phial } from '../app.ts'
import type { Config } from '../config.ts'
import { checkConfig } from '../config-checks.ts'
import { templatesOf } from './template-sources.ts'

/** Something wrong with an application, or most likely not meant. */
export interface Finding {
  readonly severity: 'error' | 'warning'
  readonly text: string
}

/** Fewer characters of a key may be guessed. */
const MIN_KEY_LENGTH = 16

/** What would fail while the application serves: in its configuration, its routes and its templates. */
export function* findingsOf(app: Phial, cwd: string): Generator<Finding> {
  try {
    checkConfig(app.config)
  } catch (error) {
    yield { severity: 'error', text: (error as Error).message }
  }
  for (const rule of app.urlMap.iterRules()) {
    if (rule.buildOnly || rule.redirectTo !== null || app.viewFunctions.has(rule.endpoint)) continue
    yield {
      severity: 'error',
      text: `The rule ${rule.rule} has the endpoint '${rule.endpoint}', which has no view.`,
    }
  }
  yield* templateFindings(app, cwd)
}

function* templateFindings(app: Phial, cwd: string): Generator<Finding> {
  let found: ReturnType<typeof templatesOf>
  try {
    found = templatesOf(app)
  } catch (error) {
    yield { severity: 'error', text: String(error) }
    return
  }
  if (found.templates === null) {
    yield { severity: 'warning', text: found.problem }
    return
  }
  for (const problem of checkTemplates(app.jinjaEnv, found.templates)) {
    const template = found.templates.find(({ name }) => name === problem.template)!
    const file = template.filename === null ? template.name : relative(cwd, template.filename)
    yield { severity: problem.severity, text: reportProblem(problem, file, template.source).trimEnd() }
  }
}

function warning(text: string): Finding {
  return { severity: 'warning', text }
}

/** What an application that serves the public should have, and has not. */
export function* deployFindings({ config }: Phial): Generator<Finding> {
  if (config.DEBUG) yield warning('DEBUG is on: errors show the code. Leave out --debug and PHIAL_DEBUG.')
  if (config.TESTING) yield warning('TESTING is on: errors are not handled. Leave it out.')
  if (config.SECRET_KEY === null) {
    yield warning('SECRET_KEY is not set, so sessions cannot be used. Set it to 16 random bytes or more.')
  } else yield* sessionFindings(config, config.SECRET_KEY)
  if (config.TRUSTED_HOSTS === null) {
    yield warning('TRUSTED_HOSTS is not set: clients choose the host of external URLs. List the hosts.')
  }
}

/** Without a key there are no sessions, and nothing to say of their cookie. */
function* sessionFindings(config: Config, key: SecretKey): Generator<Finding> {
  if (key.length < MIN_KEY_LENGTH) {
    yield warning(`SECRET_KEY has a length of ${key.length} and may be guessed. Use 16 random bytes or more.`)
  }
  if (!config.SESSION_COOKIE_SECURE) {
    yield warning(
      'SESSION_COOKIE_SECURE is off: the session also goes over HTTP, where others read it. Turn it on.',
    )
  }
  if (config.SESSION_COOKIE_SAMESITE === null) {
    yield warning(
      "SESSION_COOKIE_SAMESITE is not set: other sites send the session along. 'Lax' is a good choice.",
    )
  }
}
