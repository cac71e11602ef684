import { BadRequest, HttpException, InternalServerError, NotFound } from '@phial/http/exceptions'
import { abort, Blueprint, FlaskJsonProvider, jsonify, Phial, redirect, reply, request } from 'phial'

class Problem extends Error {
  readonly status: number = 400
}

class SmallProblem extends Problem {
  override readonly status: number = 409
}

class TinyProblem extends SmallProblem {
  override readonly status = 422
}

class Unrelated extends Error {}

class ValueError extends Error {}

class RuntimeError extends Error {}

class PaymentRequired extends HttpException {
  override readonly code = 402

  constructor() {
    super('Pay first.')
  }
}

class SpecialNotFound extends NotFound {
  constructor() {
    super('special')
  }
}

const bp = new Blueprint('bp', import.meta, { urlPrefix: '/bp' })

bp.errorHandler(Problem, (error) => reply(`bp Problem ${error.message}`, 400))
bp.errorHandler(409, () => reply('bp Conflict', 409))
bp.errorHandler(HttpException, (error) => reply(`bp HTTPException ${error.code}`, error.code ?? 500))

bp.get('/raise/<kind>', ({ kind }) => raise(kind))

/** Which of several error handlers answers. */
export function createApp({ root }: { root: string }): Phial {
  const app = new Phial(import.meta, { rootPath: root, jsonProvider: new FlaskJsonProvider() })

  app.errorHandler(Problem, (error) => reply(`app Problem ${error.message}`, error.status))
  app.errorHandler(SmallProblem, (error) => reply(`app SmallProblem ${error.message}`, error.status))
  app.errorHandler(404, (error) => reply(`app 404 ${error.description}`, 404))
  app.errorHandler(SpecialNotFound, () => reply('app SpecialNotFound', 404))
  app.errorHandler(HttpException, (error) =>
    reply(`app HTTPException ${error.code} ${error.title}`, error.code ?? 500),
  )
  app.errorHandler(InternalServerError, (error) => {
    const original = error.originalError
    return reply(
      `app 500 ${error.name} ${original instanceof Error ? original.constructor.name : 'None'}`,
      500,
    )
  })
  app.errorHandler(BadRequest, (error) =>
    reply({ type: error.name, description: error.description }, 400, [
      ['X-Handled', '1'],
      ['X-Handled', '2'],
    ]),
  )
  // What a list or `abort` is given that it does not have.
  app.errorHandler(RangeError, () => {
    throw new RuntimeError('handler broke')
  })

  app.get('/raise/<kind>', ({ kind }) => raise(kind))
  app.post('/only-post', () => 'posted')
  app.get('/handler-fails', () => {
    throw new RangeError('first')
  })
  app.get('/bad/<float:x>', ({ x }) => {
    throw new BadRequest(`x=${x}`)
  })

  app.registerBlueprint(bp)
  return app
}

function raise(kind: string): string {
  switch (kind) {
    case 'problem':
      throw new Problem('p')
    case 'small':
      throw new SmallProblem('s')
    case 'tiny':
      throw new TinyProblem('t')
    case 'unrelated':
      throw new Unrelated()
    case 'value':
      throw new ValueError('v')
    case 'payment':
      throw new PaymentRequired()
    case 'special':
      throw new SpecialNotFound()
    case 'key':
      return request.args.require('missing')
    case 'redirect':
      return abort(redirect('/elsewhere'))
    case 'response':
      return abort(jsonify({ custom: true }))
    case 'internal':
      throw new InternalServerError('explicit')
    case 'badresponse':
    case 'tuple4':
      // What plain JavaScript allows and the compiler does not.
      return Symbol('no response') as unknown as string
    case 'none':
      return null as unknown as string
    default:
      if (!/^[+-]?\d+$/.test(kind)) throw new ValueError(`${kind} is no integer`)
      return abort(Number(kind))
  }
}
