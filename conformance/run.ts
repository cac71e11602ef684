import { resolve } from 'node:path'
import { runConformance } from './lib/runner.ts'

process.exitCode = await runConformance(process.argv.slice(2), {
  root: resolve(import.meta.dirname, '..'),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
})
