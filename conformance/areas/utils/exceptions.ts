import { abort, defaultExceptions, HttpException, Response } from '@phial/http'
import * as exceptions from '@phial/http/exceptions'
import { WwwAuthenticate } from '@phial/http/headers'
import { sentResponse } from '../../lib/messages.ts'

interface ExceptionArguments {
  code?: number
  name?: string
  description?: string
  method?: string
  args?: Record<string, unknown>
}

async function httpException({
  code,
  name,
  description,
  method,
  args = {},
}: ExceptionArguments): Promise<unknown> {
  const ErrorClass = (
    name === undefined ? defaultExceptions.get(code!) : Reflect.get(exceptions, name)
  ) as new (
    ...args: unknown[]
  ) => HttpException
  const options = toOptions(args)
  const error = name === 'BadRequestKeyError' ? new ErrorClass() : new ErrorClass(description, options)
  const response = error.getResponse()
  if (!(response instanceof Response)) throw new Error('An HTTP error makes a response of this package.')
  return {
    class: error.name,
    code: error.code,
    name: error.title,
    description: error.description,
    str: String(error),
    ...(await sentResponse(response, method)),
  }
}

interface Challenge {
  type: string
  parameters?: Record<string, string>
  token?: string
}

function toOptions(args: Record<string, unknown>): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  if (args['valid_methods'] !== undefined) options['validMethods'] = args['valid_methods']
  if (args['length'] !== undefined) options['length'] = args['length']
  if (args['units'] !== undefined) options['units'] = args['units']
  if (args['retry_after'] !== undefined) options['retryAfter'] = toRetryAfter(args['retry_after'])
  if (args['www_authenticate'] !== undefined) {
    const challenges = [args['www_authenticate']].flat() as Challenge[]
    options['wwwAuthenticate'] = challenges.map(
      ({ type, parameters = {}, token }) =>
        new WwwAuthenticate(type, parameters, token === undefined ? {} : { token }),
    )
  }
  return options
}

// A date is recorded as a mapping with one pair.
function toRetryAfter(value: unknown): number | Date {
  return value instanceof Map ? new Date(value.get('$datetime') as string) : (value as number)
}

function aborted({ code, args }: { code: number; args: string[] }): unknown {
  try {
    abort(code, ...args)
  } catch (error) {
    if (!(error instanceof HttpException)) throw error
    return { class: error.name, code: error.code, description: error.description }
  }
}

export const functions: Record<string, (args: never) => unknown> = {
  http_exception: httpException,
  abort: aborted,
}
