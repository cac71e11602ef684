import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate with its key, in PEM. */
export interface KeyPair {
  readonly key: Buffer
  readonly cert: Buffer
}

/** Whether certificates can be made here. */
export const hasOpenssl: boolean = spawnSync('openssl', ['version']).status === 0

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']

/** Makes a certificate for a name that signs itself. */
export function makeCertificate(name: string): KeyPair {
  const folder = mkdtempSync(join(tmpdir(), 'phial-tls-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = spawnSync('openssl', [
      ...['req', '-x509', ...NEW_KEY, '-subj', `/CN=${name}`],
      ...['-keyout', key, '-out', cert],
    ])
    if (made.status !== 0) throw new Error(String(made.stderr))
    return { key: readFileSync(key), cert: readFileSync(cert) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
