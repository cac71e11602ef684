import { base64DecodeSection, base64Encode } from './base64.ts'
import { toBytes, utf8Decode } from './bytes.ts'
import { BadPayload } from './errors.ts'
import type { BinaryFormat, TextFormat } from './json.ts'
import { compactJson } from './json.ts'
import type { PayloadCodec } from './payload.ts'
import { deflate } from './zlib/deflate.ts'
import { inflate } from './zlib/inflate.ts'

/** 64 KiB. A cookie of 4 KB can stand for some 3 MB. */
const DEFAULT_MAX_INFLATED_BYTES = 65536

const DOT = 0x2e

/**
 * The payload in base64url, behind a dot if it was shorter compressed: the form of `itsdangerous.url_safe`.
 *
 * @param maxInflatedBytes What a compressed payload may unpack to.
 */
export function urlSafePayload(
  format: TextFormat | BinaryFormat = compactJson,
  maxInflatedBytes: number = DEFAULT_MAX_INFLATED_BYTES,
): PayloadCodec {
  if (!(typeof maxInflatedBytes === 'number' && maxInflatedBytes >= 0)) {
    throw new TypeError(`Expected maxInflatedBytes to be a number from 0, got ${String(maxInflatedBytes)}.`)
  }
  return {
    dump(value) {
      const bytes = toBytes(format.dumps(value))
      // What could not be unpacked again is sent as it is.
      if (bytes.length <= maxInflatedBytes) {
        const packed = deflate(bytes)
        if (packed.length < bytes.length - 1) return `.${base64Encode(packed)}`
      }
      return base64Encode(bytes)
    },
    load(payload) {
      const bytes = decode(payload, maxInflatedBytes)
      try {
        return format.binary ? format.loads(bytes) : format.loads(utf8Decode(bytes))
      } catch (error) {
        throw new BadPayload('The payload cannot be read by the serializer.', error)
      }
    },
  }
}

function decode(payload: string | Uint8Array, maxInflatedBytes: number): Uint8Array {
  const compressed = typeof payload === 'string' ? payload.startsWith('.') : payload[0] === DOT
  let bytes: Uint8Array
  try {
    bytes = base64DecodeSection(compressed ? payload.slice(1) : payload)
  } catch (error) {
    throw new BadPayload('The payload is not base64.', error)
  }
  if (!compressed) return bytes
  try {
    return inflate(bytes, maxInflatedBytes)
  } catch (error) {
    throw new BadPayload('The compressed payload cannot be unpacked.', error)
  }
}
