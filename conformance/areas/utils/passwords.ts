import { checkPasswordHash } from '@phial/http/password-hash-node'
import type { Adapter } from '../../lib/values.ts'

export const functions: Record<string, Adapter> = {
  check_password_hash: (args) => checkPasswordHash(args['pwhash'] as string, args['password'] as string),
}
