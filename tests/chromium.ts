import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The browser of the system, or undefined: a line says so then. */
export const chromiumPath: string | undefined = [
  process.env['PHIAL_TEST_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((path) => path !== undefined && existsSync(path))

if (chromiumPath === undefined) {
  console.log('Skipped: there is no browser (apt-get install chromium, or PHIAL_TEST_CHROMIUM=/path).')
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}
