import { UserAgent } from '@phial/http/headers'

export const functions: Record<string, (args: never) => unknown> = {
  user_agent: ({ value }: { value: string }) => new UserAgent(value).toString(),
}
