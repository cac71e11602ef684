import { statusName } from '@phial/http/headers'

export const functions: Record<string, (args: never) => unknown> = {
  status_phrase: ({ code }: { code: number }) => statusName(code),
}
