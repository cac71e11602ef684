import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'

export interface SelfSignedOptions {
  /** The names and addresses that the certificate is for; the first one is what it is called. */
  readonly hosts: readonly string[]
  /** Days from now for which it holds. */
  readonly days: number
}

/** A certificate and its key, in PEM. */
export interface CertificatePair {
  readonly cert: string
  readonly key: string
}

const DAY = 24 * 60 * 60 * 1000

/** Clocks of machines differ. */
const EARLIER = 60 * 60 * 1000

/**
 * Makes a certificate that nobody has signed but itself, with a new key on the curve P-256.
 *
 * @see RFC 5280, section 4.1
 */
export function makeSelfSigned({ hosts, days }: SelfSignedOptions): CertificatePair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(OIDS.commonName, element(0x0c, Buffer.from(hosts[0]!.slice(0, 64))))))
  const algorithm = sequence(OIDS.ecdsaWithSha256)
  const now = Date.now()
  const content = sequence(
    element(0xa0, element(0x02, Buffer.of(2))),
    element(0x02, Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(now - EARLIER), time(now + days * DAY)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(
      0xa3,
      sequence(
        extension(OIDS.subjectAltName, sequence(...hosts.map(generalName))),
        extension(OIDS.keyUsage, element(0x03, Buffer.of(7, 0x80))),
        extension(OIDS.extendedKeyUsage, sequence(OIDS.serverAuth)),
      ),
    ),
  )
  const signature = sign('sha256', content, privateKey)
  const der = sequence(content, algorithm, element(0x03, Buffer.concat([Buffer.of(0), signature])))
  const lines = der.toString('base64').match(/.{1,64}/g)!
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** A host as an alternative name: an address by its bytes, a name as it is. */
function generalName(host: string): Buffer {
  const kind = isIP(host)
  if (kind === 4) return element(0x87, Buffer.from(host.split('.').map(Number)))
  if (kind === 6) return element(0x87, ipv6Bytes(host))
  return element(0x82, Buffer.from(host, 'latin1'))
}

function ipv6Bytes(address: string): Buffer {
  // The parser of URLs writes the last 32 bits as groups too.
  const groups = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1).split('::')
  const [before = [], after = []] = groups.map((part) => (part === '' ? [] : part.split(':')))
  const zeros = Array<string>(8 - before.length - after.length).fill('0')
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join(''), 'hex')
}

function extension(oid: Buffer, value: Buffer): Buffer {
  return sequence(oid, element(0x04, value))
}

/** Until 2049 years have two digits. */
function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, '')
  const isShort = Number(digits.slice(0, 4)) < 2050
  return element(isShort ? 0x17 : 0x18, Buffer.from(isShort ? digits.slice(2) : digits))
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts))
}

function set(...parts: readonly Buffer[]): Buffer {
  return element(0x31, Buffer.concat(parts))
}

/** Tag, length, content: ITU-T X.690. */
function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.of(tag, ...bytes), content])
}

/** Identifiers, encoded. */
const OIDS = {
  commonName: element(0x06, Buffer.of(0x55, 4, 3)),
  subjectAltName: element(0x06, Buffer.of(0x55, 29, 17)),
  keyUsage: element(0x06, Buffer.of(0x55, 29, 15)),
  extendedKeyUsage: element(0x06, Buffer.of(0x55, 29, 37)),
  serverAuth: element(0x06, Buffer.from('2b06010505070301', 'hex')),
  ecdsaWithSha256: element(0x06, Buffer.from('2a8648ce3d040302', 'hex')),
}
