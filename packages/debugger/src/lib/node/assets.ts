import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const LOADED = new Map<string, string>()

/** A file of `assets`, which is read once. */
export function readAsset(name: 'page.css' | 'page.js'): string {
  let text = LOADED.get(name)
  if (text === undefined) {
    const manifest = createRequire(import.meta.url).resolve('@phial/debugger/package.json')
    text = readFileSync(manifest.replace(/package\.json$/, `assets/${name}`), 'utf8')
    LOADED.set(name, text)
  }
  return text
}
