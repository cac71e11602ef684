import { cp, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RECORDED_AT } from './clock.ts'

/** A copy of an application's files that may be changed. */
export interface AppCopy {
  readonly root: string
  remove(): Promise<void>
}

/** Copies the folder of a recorded application. All files are as old as the recording, since answers tell their age. */
export async function copyApp(folder: string): Promise<AppCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'phial-conformance-'))
  const root = join(parent, 'app')
  await cp(folder, root, { recursive: true })
  const time = RECORDED_AT / 1000
  for (const entry of await readdir(root, { recursive: true })) await utimes(join(root, entry), time, time)
  return { root, remove: () => rm(parent, { recursive: true, force: true }) }
}
