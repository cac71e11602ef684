import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CliIo } from './io.ts'
import { isOwnEntry, type OwnEntry } from './own-command.ts'
import { createPainter } from './painter.ts'

/** What a package says of itself, as far as it matters here. */
interface Manifest {
  readonly name?: string
  readonly phial?: { readonly commands?: unknown }
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** A module with commands. */
interface PluginModule {
  /** The package that it belongs to. */
  readonly from: string
  readonly file: string
  /** The name of its command, or null if the module itself has to say. */
  readonly command: string | null
}

/**
 * The commands that packages add: the project's own package and those that it depends on directly, where their
 * `package.json` has `"phial": { "commands": "./cli.js" }`. The module's default export is a command, a group or a list
 * of them. With `{ "commands": { "db": "./db.js" } }` a module is only imported when its command is called.
 *
 * A package that fails gives a warning, and the others are used.
 *
 * @param wanted the name of a command, to import no more than it needs; null for all.
 */
export async function loadPluginCommands(wanted: string | null, io: CliIo): Promise<Map<string, OwnEntry>> {
  const found = new Map<string, OwnEntry>()
  for (const module of pluginModules(io)) {
    if (wanted !== null && module.command !== null && module.command !== wanted) continue
    for (const [name, entry] of await importPlugin(module, io)) {
      if (!found.has(name)) found.set(name, entry)
    }
  }
  return found
}

async function importPlugin(module: PluginModule, io: CliIo): Promise<[string, OwnEntry][]> {
  const { file, command } = module
  try {
    await io.prepareImport?.(file)
    const { default: exported } = (await import(pathToFileURL(file).href)) as { default?: unknown }
    const entries = Array.isArray(exported) ? exported : [exported]
    const usable = entries.filter(isOwnEntry)
    if (usable.length < entries.length || (command !== null && usable.length !== 1)) {
      throw new Error(
        `The default export of ${file} must be a command, a group${command === null ? ' or a list of them' : ''}, ` +
          "as defineCommand() and CommandGroup of 'phial/commands' make them.",
      )
    }
    return usable.map((entry) => [command ?? entry.name, entry])
  } catch (error) {
    warn(module.from, error, io)
    return []
  }
}

function pluginModules(io: CliIo): PluginModule[] {
  const project = findProject(io.cwd)
  if (project === null) return []
  const { manifest, folder } = project
  const { dependencies, devDependencies, optionalDependencies } = manifest
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  return [
    ...modulesOf(manifest, folder, io),
    ...names.flatMap((name) => {
      const found = findPackage(name, folder)
      return found === null ? [] : modulesOf(found.manifest, found.folder, io)
    }),
  ]
}

function modulesOf(manifest: Manifest, folder: string, io: CliIo): PluginModule[] {
  const commands = manifest.phial?.commands
  if (commands === undefined) return []
  const from = manifest.name ?? folder
  if (typeof commands === 'string') return [{ from, file: resolve(folder, commands), command: null }]
  const isTable =
    typeof commands === 'object' &&
    commands !== null &&
    Object.values(commands).every((path) => typeof path === 'string')
  if (isTable) {
    return Object.entries(commands as Record<string, string>).map(([command, path]) => ({
      from,
      file: resolve(folder, path),
      command,
    }))
  }
  const problem = `"phial": { "commands": … } in ${join(folder, 'package.json')} must be the path of a module, or an object of paths by names of commands.`
  warn(from, new Error(problem), io)
  return []
}

/** The nearest `package.json` at or above a folder. */
function findProject(start: string): { manifest: Manifest; folder: string } | null {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const manifest = readManifest(folder)
    if (manifest !== null) return { manifest, folder }
    if (folder === dirname(folder)) return null
  }
}

/** A package as Node finds it from a folder. Its `exports` need not offer `package.json`. */
function findPackage(name: string, start: string): { manifest: Manifest; folder: string } | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    const manifest = readManifest(place)
    if (manifest !== null) return { manifest, folder: place }
    if (folder === dirname(folder)) return null
  }
}

function readManifest(folder: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

function warn(from: string, error: unknown, io: CliIo): void {
  const reason = error instanceof Error ? error.message : String(error)
  const text = `Warning: The commands of the package '${from}' could not be loaded: ${reason}`
  io.err(`${createPainter(io.colors).yellow(text)}\n`)
}
