import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type CliIo, main } from 'phial/cli'
import { afterAll } from 'vitest'

/** How a call of the command came out. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  /** The environment as the command has left it. */
  readonly env: Record<string, string | undefined>
}

/** Makes a function that makes folders with files; all of them are removed after the tests. */
export function projects(): (files: Readonly<Record<string, string>>) => string {
  const root = mkdtempSync(join(tmpdir(), 'phial-project-'))
  let count = 0
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  return (files) => {
    const folder = join(root, String(count++))
    // An empty file ends the search for those of the folders above.
    for (const [name, text] of Object.entries({ '.env': '', '.phialenv': '', ...files })) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    return folder
  }
}

/** Calls the command in this process. */
export async function phial(
  cwd: string,
  args: readonly string[],
  options: Partial<CliIo> = {},
): Promise<Outcome> {
  const texts = { out: '', err: '' }
  const io: CliIo = {
    cwd,
    env: {},
    colors: false,
    out: (text) => {
      texts.out += text
    },
    err: (text) => {
      texts.err += text
    },
    onStop: () => undefined,
    ...options,
  }
  const code = await main(args, io)
  return { code, ...texts, env: io.env }
}
