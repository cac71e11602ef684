import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** The folder of this package, as a file URL that ends with a slash. */
export const ownFolder: string = new URL(
  '.',
  pathToFileURL(createRequire(import.meta.url).resolve('@phial/debugger/package.json')),
).href

const LOADED = new Map<string, string>()

/** A file of `assets`, which is read once. */
export function readAsset(name: 'page.css' | 'page.js'): string {
  let text = LOADED.get(name)
  if (text === undefined) {
    text = readFileSync(new URL(`assets/${name}`, ownFolder), 'utf8')
    LOADED.set(name, text)
  }
  return text
}
