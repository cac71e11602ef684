import { parseJson } from '@phial/http'

/** Makes values of the content of a file: `JSON.parse`, `TOML.parse`, … */
export type ConfigLoader = (content: string) => unknown | Promise<unknown>

export interface ConfigFileOptions {
  /** Makes values of the file's text. Default: by the file's ending: JSON, or a module that exports the keys. */
  load?: ConfigLoader
  /** Whether a file that is not there is passed over. Default false. */
  silent?: boolean
}

/**
 * The values in a configuration file, or null if there is none and `silent` is set.
 *
 * @param folder where a relative path starts.
 * @throws Error if the file is not there; TypeError for an ending that needs a loader, and for content that is no object.
 */
export async function readConfigFile(
  folder: string | null,
  path: string,
  { load, silent = false }: ConfigFileOptions,
): Promise<object | null> {
  const files = await import('./node/files.ts')
  const full = files.resolvePath(folder, path)
  const bytes = await files.readBytes(full)
  if (bytes === null) {
    if (silent) return null
    throw new Error(
      `Unable to load the configuration file ${full}: there is no such file. ` +
        'Create it, or pass { silent: true } if it may be missing.',
    )
  }
  const values =
    load === undefined && /\.[cm]?[jt]s$/.test(full)
      ? await files.importModule(full)
      : await (load ?? defaultLoader(full))(new TextDecoder().decode(bytes))
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new TypeError(`The configuration file ${full} holds no keys: its content is not an object.`)
  }
  return values
}

function defaultLoader(path: string): ConfigLoader {
  if (path.endsWith('.json')) return parseJson
  throw new TypeError(
    `The format of ${path} is not known. Pass what reads it, for example { load: TOML.parse }; ` +
      'files that end in .json, .js and .ts need nothing.',
  )
}
