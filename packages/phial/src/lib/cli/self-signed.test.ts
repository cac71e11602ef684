import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { generateAdhocCertificate, isTlsError, makeDevCertificate } from './certificate.ts'
import { makeSelfSigned } from './self-signed.ts'

it('a certificate is signed by its own key, and for the hosts that were named', () => {
  const hosts = [
    'dev.test',
    '*.dev.test',
    '10.1.2.3',
    '::1',
    'fe80::1:2',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:7:8',
  ]
  const { cert, key } = makeSelfSigned({ hosts, days: 30 })
  const read = new X509Certificate(cert)
  expect(read.verify(read.publicKey)).toBe(true)
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true)
  expect([read.subject, read.issuer]).toEqual(['CN=dev.test', 'CN=dev.test'])
  for (const name of ['dev.test', 'shop.dev.test']) expect(read.checkHost(name)).toBeDefined()
  for (const address of ['10.1.2.3', '::1', 'fe80::1:2', '::ffff:102:304', '1:2:3:4:5:6:7:8']) {
    expect(read.checkIP(address)).toBe(address)
  }
  expect(read.checkHost('other.test')).toBeUndefined()
  expect(read.checkIP('10.1.2.4')).toBeUndefined()
  const days = (Date.parse(read.validTo) - Date.now()) / 86_400_000
  expect(Math.abs(days - 30)).toBeLessThan(0.01)
  expect(Date.parse(read.validFrom)).toBeLessThan(Date.now())
})

it('holds beyond 2050, where years have four digits', () => {
  const { cert } = makeSelfSigned({ hosts: ['localhost'], days: 36_500 })
  expect(new Date(new X509Certificate(cert).validTo).getFullYear()).toBeGreaterThan(2100)
})

it('has another key each time', () => {
  expect(generateAdhocCertificate().key).not.toBe(generateAdhocCertificate().key)
})

it('is kept in files for development, the key for the user alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phial-certificate-'))
  try {
    const { certFile, keyFile } = makeDevCertificate(join(folder, 'dev'), { host: 'shop.test' })
    const read = new X509Certificate(readFileSync(certFile))
    for (const name of ['shop.test', 'www.shop.test', 'localhost']) expect(read.checkHost(name)).toBeDefined()
    expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(read.checkPrivateKey(createPrivateKey(readFileSync(keyFile)))).toBe(true)
    if (process.platform !== 'win32') expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('errors of TLS are told from others', () => {
  expect(isTlsError(Object.assign(new Error('x'), { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }))).toBe(true)
  expect(isTlsError(Object.assign(new Error('x'), { code: 'ECONNRESET' }))).toBe(false)
  for (const value of [null, undefined, 'ERR_SSL', {}]) expect(isTlsError(value)).toBe(false)
})
