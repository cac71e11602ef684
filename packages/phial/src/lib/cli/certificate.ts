import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TlsOptions } from '@phial/serve'
import { CliError } from './cli-error.ts'
import type { CliIo } from './io.ts'

/** The options that make a server speak HTTPS. */
export interface CertificateOptions {
  /** A file in PEM, or `adhoc` for a certificate that is made now. */
  cert?: string
  /** The file of its key in PEM. */
  key?: string
}

/** The part of the package `selfsigned` that is used. */
interface SelfSigned {
  generate(attributes: readonly object[], options: object): Promise<{ private: string; cert: string }>
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Certificate and key for a server, or null if none was asked for.
 *
 * @throws CliError if the options do not fit together, or a file cannot be read.
 */
export async function loadCertificate(
  { cert, key }: CertificateOptions,
  hostname: string,
  io: Pick<CliIo, 'cwd'>,
): Promise<TlsOptions | null> {
  if (cert === undefined) {
    if (key === undefined) return null
    throw new CliError('--key is the key of a certificate, and there is no --cert. Give that too.')
  }
  if (cert === 'adhoc') {
    if (key === undefined) return makeCertificate(hostname, io)
    throw new CliError('--cert adhoc makes its own key. Leave out --key.')
  }
  if (key === undefined) {
    throw new CliError(
      `--cert ${cert} is a certificate, and there is no --key. Give the file of its key too.`,
    )
  }
  return { cert: readPem('--cert', cert, io), key: readPem('--key', key, io) }
}

function readPem(option: string, file: string, { cwd }: Pick<CliIo, 'cwd'>): string {
  let text: string
  try {
    text = readFileSync(resolve(cwd, file), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : code
    throw new CliError(`The file '${file}' of ${option} cannot be read: ${reason}.`, { cause: error })
  }
  if (text.includes('-----BEGIN ')) return text
  throw new CliError(`The file '${file}' of ${option} is not in PEM: it has no line '-----BEGIN …-----'.`)
}

/** A certificate that nobody has signed but itself: browsers warn of it, once. */
async function makeCertificate(hostname: string, { cwd }: Pick<CliIo, 'cwd'>): Promise<TlsOptions> {
  const { generate } = await importSelfSigned(cwd)
  const hosts = new Set(['localhost', '127.0.0.1', '::1', hostname])
  const made = await generate([{ name: 'commonName', value: hostname }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 30 * DAY),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: Array.from(hosts, (host) =>
          isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host },
        ),
      },
    ],
  })
  return { cert: made.cert, key: made.private }
}

/** The package is looked for where the project is: few need it, so it is not installed with the framework. */
async function importSelfSigned(cwd: string): Promise<SelfSigned> {
  let file: string
  try {
    file = createRequire(join(cwd, 'package.json')).resolve('selfsigned')
  } catch (error) {
    throw new CliError(
      "--cert adhoc needs the package 'selfsigned' to make a certificate. Install it: npm install --save-dev selfsigned.",
      { exitCode: 1, cause: error },
    )
  }
  const { default: selfSigned } = (await import(pathToFileURL(file).href)) as { default: SelfSigned }
  return selfSigned
}
