import { type Command, InvalidArgumentError, type Option } from 'commander'
import { CliError } from './cli-error.ts'
import { isTrue } from './load-app.ts'

/**
 * Gives the options of a command that were not given on the command line the values of environment variables: `--port`
 * of `run` is `PHIAL_RUN_PORT`.
 */
export function applyEnvironment(command: Command, env: Readonly<Record<string, string | undefined>>): void {
  for (const option of command.options) {
    const attribute = option.attributeName()
    const name = variableName([command.name()], attribute)
    const text = env[name]
    const source = command.getOptionValueSource(attribute)
    if (text === undefined || text === '' || (source !== undefined && source !== 'default')) continue
    command.setOptionValueWithSource(attribute, readValue(option, name, text), 'env')
  }
}

/** `PHIAL_RUN_ALLOW_PUBLIC_DEBUG` for `allowPublicDebug` of `run`; groups stand before the command. */
export function variableName(path: readonly string[], attribute: string): string {
  const words = `${path.join('_')}_${attribute.replace(/[A-Z]/g, (letter) => `_${letter}`)}`
  return `PHIAL_${words.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`
}

function readValue(option: Option, name: string, text: string): unknown {
  if (option.isBoolean() || option.negate) return isTrue(text)
  try {
    return option.parseArg === undefined ? text : option.parseArg(text, undefined)
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error
    throw new CliError(`The variable ${name} is '${text}'. ${error.message}`, { cause: error })
  }
}
