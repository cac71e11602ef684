import { safeJoin, secureFilename } from '@phial/http/filenames'

export const functions: Record<string, (args: never) => unknown> = {
  secure_filename: ({ filename }: { filename: string }) => secureFilename(filename),
  safe_join: ({ directory, parts }: { directory: string; parts: string[] }) => safeJoin(directory, parts),
}
