import { Authorization, parseAuthorization, WwwAuthenticate } from '@phial/http/headers'

interface Challenge {
  type: string
  parameters: Record<string, string | null> | null
  token: string | null
}

function describe(value: Authorization | WwwAuthenticate | null): unknown {
  if (value === null) return null
  const { type, parameters, token } = value
  return { type, parameters: Object.fromEntries(parameters), token, header: value.toHeader() }
}

export const functions: Record<string, (args: never) => unknown> = {
  authorization_parse: ({ value }: { value: string | null }) => describe(parseAuthorization(value)),
  authorization_build: ({ type, parameters, token }: Challenge) =>
    new Authorization(type, parameters, token).toHeader(),
  www_authenticate_parse: ({ value }: { value: string | null }) =>
    describe(WwwAuthenticate.fromHeader(value)),
  www_authenticate_build: ({ type, parameters, token }: Challenge) =>
    new WwwAuthenticate(type, parameters, { token }).toHeader(),
}
