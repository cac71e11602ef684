import { checkPasswordHash } from '@phial/http/password-hash-node'
import type { ConformanceCase } from '../../lib/values.ts'

type Adapter = (args: Record<string, unknown>, test: ConformanceCase) => unknown

export const functions: Record<string, Adapter> = {
  check_password_hash: (args) => checkPasswordHash(args['pwhash'] as string, args['password'] as string),
}
