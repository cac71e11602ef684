import { NoAppError } from './cli-error.ts'
import { LiteralSyntaxError, parseLiterals } from './literal.ts'

/** Where an application is, as `--app` tells it. */
export interface AppReference {
  /** The text itself. */
  readonly text: string
  /** A path, with or without the file's ending. */
  readonly module: string
  /** The name of an export, or null to look for it. */
  readonly name: string | null
  /** The arguments of a call, or null if the export is not called. */
  readonly args: readonly unknown[] | null
}

/**
 * Reads the forms of `--app`: `module`, `path/file.ts`, `module:app`, `module:createApp('dev')`.
 *
 * @throws NoAppError if it has none of them.
 */
export function parseAppReference(text: string): AppReference {
  const colon = referenceColon(text)
  const module = (colon === -1 ? text : text.slice(0, colon)).trim()
  if (module === '') {
    throw new NoAppError(
      `'${text}' names no module. Write --app MODULE, --app PATH/FILE.ts or --app MODULE:NAME.`,
    )
  }
  if (colon === -1) return { text, module, name: null, args: null }
  const expression = text.slice(colon + 1).trim()
  const found = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(\(.*\))?$/su.exec(expression)
  if (found === null) {
    throw new NoAppError(
      `'${expression}' in '${text}' is neither the name of an export nor a call of one. ` +
        `Write MODULE:NAME or MODULE:NAME('argument', …).`,
    )
  }
  const name = found[1]!
  const call = found[2]
  return { text, module, name, args: call === undefined ? null : parseArguments(text, call.slice(1, -1)) }
}

function parseArguments(text: string, list: string): unknown[] {
  try {
    return parseLiterals(list)
  } catch (error) {
    if (!(error instanceof LiteralSyntaxError)) throw error
    throw new NoAppError(
      `The arguments in '${text}' cannot be read: ${error.message} (character ${error.index + 1} of '${list}'). ` +
        'They may be strings, numbers, true, false, null, arrays and objects, written as they stand.',
      { cause: error },
    )
  }
}

/** The colon between module and name. The one of a drive, as in `C:\app.ts`, is followed by a slash. */
function referenceColon(text: string): number {
  let index = text.indexOf(':')
  while (index !== -1 && (text[index + 1] === '/' || text[index + 1] === '\\')) {
    index = text.indexOf(':', index + 1)
  }
  return index
}
