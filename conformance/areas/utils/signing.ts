import type { DigestName, KeyDerivation, SerializerSignerOptions } from '@phial/signer'
import {
  base64Decode,
  base64Encode,
  Serializer,
  Signer,
  TimedSerializer,
  TimestampSigner,
  URLSafeSerializer,
  URLSafeTimedSerializer,
} from '@phial/signer'
import type { Adapter } from '../../lib/values.ts'

/** Keyword arguments of a signer, as recorded. */
interface SignerKeywords {
  readonly sep?: string
  readonly key_derivation?: KeyDerivation
  readonly digest_method?: DigestName
}

interface SigningArgs {
  readonly kind: string
  readonly secret: string | string[]
  readonly value: unknown
  readonly signed: string
  readonly salt?: string
  readonly now: number
  readonly max_age?: number
  readonly options?: SignerKeywords | null
  readonly signer_kwargs?: SignerKeywords
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

// Tokens are given as bytes, because the payloads of the recorded errors are.
const bytesOf = (text: string): Uint8Array => encoder.encode(text)
const textOf = (bytes: Uint8Array): string => decoder.decode(bytes)

export const functions: Record<string, Adapter> = {
  signer_sign: on((args) => new Signer(args.secret, signerOptions(args)).sign(args.value as string)),
  signer_unsign: on((args) =>
    textOf(new Signer(args.secret, signerOptions(args)).unsign(bytesOf(args.signed))),
  ),
  timestamp_sign: on((args) =>
    new TimestampSigner(args.secret, signerOptions(args)).sign(args.value as string),
  ),
  timestamp_unsign: on((args) => {
    const signer = new TimestampSigner(args.secret, signerOptions(args))
    const { value, timestamp } = signer.unsignWithTimestamp(bytesOf(args.signed), { maxAge: args.max_age })
    return { value: textOf(value), timestamp }
  }),
  serializer_dumps: on((args) => dumps(args)),
  serializer_loads: on((args) => loads(args)),
  base64_encode: on((args) => base64Encode(args.value as string)),
  base64_decode: on((args) => base64Decode(args.value as string)),
}

function on(call: (args: SigningArgs) => unknown): Adapter {
  return (args) => call(args as unknown as SigningArgs)
}

function signerOptions(args: SigningArgs): SerializerSignerOptions & { salt: string | undefined } {
  const keywords = args.options ?? args.signer_kwargs ?? {}
  return {
    salt: args.salt,
    sep: keywords.sep,
    keyDerivation: keywords.key_derivation,
    digestMethod: keywords.digest_method,
    now: () => args.now,
  }
}

function createSerializer(
  args: SigningArgs,
): Serializer | TimedSerializer | URLSafeSerializer | URLSafeTimedSerializer {
  const { salt, ...rest } = signerOptions(args)
  const options = { salt, signerOptions: rest }
  switch (args.kind) {
    case 'Serializer':
      return new Serializer(args.secret, options)
    case 'TimedSerializer':
      return new TimedSerializer(args.secret, options)
    case 'URLSafeSerializer':
      return new URLSafeSerializer(args.secret, options)
    case 'URLSafeTimedSerializer':
      return new URLSafeTimedSerializer(args.secret, options)
    default:
      throw new TypeError(`Expected the name of a serializer, got ${args.kind}.`)
  }
}

function dumps(args: SigningArgs): string {
  return createSerializer(args).dumps(args.value)
}

function loads(args: SigningArgs): unknown {
  const serializer = createSerializer(args)
  const signed = bytesOf(args.signed)
  if (serializer instanceof Serializer) return { value: serializer.loads(signed) }
  return serializer.loadsWithTimestamp(signed, { maxAge: args.max_age })
}
