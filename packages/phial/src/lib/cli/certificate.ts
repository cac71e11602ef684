import { readFileSync, writeFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import type { TlsOptions } from '@phial/serve'
import { CliError } from './cli-error.ts'
import type { CliIo } from './io.ts'
import { makeSelfSigned } from './self-signed.ts'

/** The options that make a server speak HTTPS. */
export interface CertificateOptions {
  /** A file in PEM, or `adhoc` for a certificate that is made now. */
  cert?: string
  /** The file of its key in PEM. */
  key?: string
  /** A certificate that is at hand, instead of files. */
  tls?: TlsOptions
}

/**
 * Certificate and key for a server, or null if none was asked for.
 *
 * @throws CliError if the options do not fit together, or a file cannot be read.
 */
export function loadCertificate(
  { cert, key, tls }: CertificateOptions,
  hostname: string,
  io: Pick<CliIo, 'cwd'>,
): TlsOptions | null {
  if (tls !== undefined) return tls
  if (cert === undefined) {
    if (key === undefined) return null
    throw new CliError('--key is the key of a certificate, and there is no --cert. Give that too.')
  }
  if (cert === 'adhoc') {
    if (key === undefined) return generateAdhocCertificate(hostname)
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

/**
 * A certificate that nobody has signed but itself, for the server of a host: browsers warn of it, once. It holds for
 * 30 days, and for `localhost` and its addresses too.
 *
 * @see https://werkzeug.palletsprojects.com/en/stable/serving/#generating-certificates
 */
export function generateAdhocCertificate(hostname = 'localhost'): TlsOptions {
  return makeSelfSigned({ hosts: certificateHosts(hostname), days: 30 })
}

/** The files of a certificate that was made. */
export interface CertificateFiles {
  readonly certFile: string
  readonly keyFile: string
}

/**
 * Makes a certificate for development and keeps it in `<path>.crt` and `<path>.key`, so that a browser is asked once
 * whether it trusts it. Only the user may read the key.
 *
 * ```ts
 * const { certFile, keyFile } = makeDevCertificate('./dev', { host: 'shop.test' })
 * ```
 *
 * @param options `host`: what it is for beside `localhost`, and the names below it; `days`: how long it holds, 365.
 */
export function makeDevCertificate(
  path: string,
  { host = 'localhost', days = 365 }: { host?: string; days?: number } = {},
): CertificateFiles {
  const names = isIP(host) === 0 && host !== 'localhost' ? [host, `*.${host}`] : [host]
  const { cert, key } = makeSelfSigned({
    hosts: [...new Set([...names, ...certificateHosts('localhost')])],
    days,
  })
  const [certFile, keyFile] = [`${path}.crt`, `${path}.key`]
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certFile, cert)
  return { certFile, keyFile }
}

function certificateHosts(hostname: string): string[] {
  return [...new Set([hostname, 'localhost', '127.0.0.1', '::1'])]
}

/** Whether an error is about certificates or the encryption of a connection. */
export function isTlsError(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^(?:ERR_(?:OSSL|SSL|TLS|CRYPTO)|EPROTO$)/.test(code)
}
