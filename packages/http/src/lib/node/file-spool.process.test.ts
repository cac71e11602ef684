import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { expect, it } from 'vitest'
import { closeForm, readForm } from '../body/form-reader.ts'
import { createFileSpool } from './file-spool.ts'

it('takes a large upload in flat memory, and lets others work meanwhile (S13)', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'phial-large-'))
  const chunks = 4_096
  const before = process.memoryUsage().rss
  let most = 0
  async function* upload(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('--B\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n')
    for (let i = 0; i < chunks; i++) {
      // A new chunk each time, as from a socket.
      yield new Uint8Array(65_536).fill(i)
      most = Math.max(most, process.memoryUsage().rss)
    }
    yield Buffer.from('\r\n--B--\r\n')
  }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const form = await readForm(upload(), 'multipart/form-data; boundary=B', {
    limits: { maxContentLength: null },
    storeFactory: createFileSpool({ directory }),
  })
  delay.disable()
  const file = form.files.get('f')!
  expect(file.size).toBe(chunks * 65_536)
  expect(file.stored.path).not.toBeNull()
  // 256 MiB came through.
  expect(most - before).toBeLessThan(96 * 1024 * 1024)
  expect(delay.percentile(99) / 1e6).toBeLessThan(100)
  await closeForm(form)
  expect(await readdir(directory)).toEqual([])
  await rm(directory, { recursive: true })
})
