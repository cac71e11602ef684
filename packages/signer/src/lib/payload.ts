import { utf8Decode } from './bytes.ts'
import { BadPayload } from './errors.ts'
import type { TextFormat } from './json.ts'
import { jsonText } from './json.ts'

/** What a serializer signs for a value, and the way back. */
export interface PayloadCodec {
  dump(value: unknown): string | Uint8Array
  /** @throws {BadPayload} if the payload cannot be read. */
  load(payload: string | Uint8Array): unknown
}

/** The text of the format, as it is. */
export function textPayload(format: TextFormat = jsonText): PayloadCodec {
  return {
    dump: (value) => format.dumps(value),
    load(payload) {
      try {
        return format.loads(typeof payload === 'string' ? payload : utf8Decode(payload))
      } catch (error) {
        throw new BadPayload('The payload cannot be read by the serializer.', error)
      }
    },
  }
}
