import { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { thrower } from '../../library/thrower.mjs'

// What programs throw, and how. Each throws in a frame with a variable `mark` whose value is the name of the shape.

class Model {
  #secret = 'inner'
  static make(mark) {
    throw new Error(mark)
  }
  constructor(mark) {
    if (mark !== undefined) {
      const inConstructor = true
      throw new Error(`${mark} ${inConstructor}`)
    }
  }
  method(mark) {
    const self = this.#secret
    throw new Error(`${mark} ${self}`)
  }
  get getter() {
    const mark = 'getter'
    throw new Error(mark)
  }
}

class Derived extends Model {
  constructor(mark) {
    const early = mark
    if (early) throw new Error(mark)
    super()
  }
}

function nested(mark) {
  const inner = () => {
    if (mark) throw new Error(mark)
  }
  inner()
}

async function before(mark) {
  const early = 1
  throw new Error(`${mark} ${early}`)
}

async function after(mark) {
  const row = await Promise.resolve(7)
  throw new Error(`${mark} ${row}`)
}

async function deep(mark, depth) {
  const here = depth
  if (depth === 0) throw new Error(mark)
  await new Promise((resolve) => setTimeout(resolve, 1))
  await deep(mark, depth - 1)
  return here
}

async function* asyncGenerator(mark) {
  yield 1
  const second = 2
  throw new Error(`${mark} ${second}`)
}

function* generator(mark) {
  yield 1
  throw new Error(mark)
}

const CONSTANT = new Error('constant')
const FROZEN = Object.freeze(new Error('frozen'))

export const shapes = {
  function: () => {
    const mark = 'function'
    throw new Error(mark)
  },
  nested: () => nested('nested'),
  method: () => new Model().method('method'),
  static: () => Model.make('static'),
  constructor: () => new Model('constructor'),
  derived: () => new Derived('derived'),
  getter: () => new Model().getter,
  generator: () => {
    const mark = 'generator'
    for (const _ of generator(mark));
  },
  callback: () =>
    ['callback'].map((mark) => {
      throw new Error(mark)
    }),
  emitter: () => {
    const emitter = new EventEmitter()
    emitter.on('x', (mark) => {
      throw new Error(mark)
    })
    emitter.emit('x', 'emitter')
  },
  block: () => {
    for (const mark of ['block']) {
      const inner = 5
      if (inner > 2) throw new Error(mark)
    }
  },
  catch: () => {
    try {
      JSON.parse('{')
    } catch (mark) {
      throw new Error('catch', { cause: mark })
    }
  },
  defaults: (_, mark = (() => 'defaults')()) => {
    throw new Error(mark)
  },
  before: () => before('before'),
  after: () => after('after'),
  async: async () => {
    const mark = 'async'
    await deep(mark, 2)
  },
  thenCallback: () =>
    Promise.resolve('thenCallback').then((mark) => {
      throw new Error(mark)
    }),
  all: async () => {
    const mark = 'all'
    await Promise.all([after(mark), Promise.resolve()])
  },
  any: async () => {
    const mark = 'any'
    await Promise.any([after(mark), before(mark)])
  },
  asyncGenerator: async () => {
    const mark = 'asyncGenerator'
    for await (const value of asyncGenerator(mark)) void value
  },
  timer: () =>
    new Promise((_, reject) => {
      const mark = 'timer'
      setTimeout(() => {
        try {
          throw new Error(mark)
        } catch (error) {
          reject(error)
        }
      }, 1)
    }),
  native: async () => {
    const mark = 'native'
    await readFile(`/missing/${mark}`)
  },
  builtin: () => {
    const mark = null
    return mark.length
  },
  library: () => {
    const mark = 'library'
    thrower(mark)
  },
  caughtInLibrary: () => {
    const mark = 'caught'
    thrower.swallow(mark)
    throw new Error(mark)
  },
  rethrown: () => {
    const mark = 'rethrown'
    try {
      nested(mark)
    } catch (error) {
      error.seen = true
      throw error
    }
  },
  string: () => {
    const mark = 'string'
    throw mark
  },
  undefined: () => {
    const mark = 'undefined'
    if (mark) throw undefined
  },
  object: () => {
    const mark = 'object'
    throw { mark }
  },
  frozen: () => {
    const mark = 'frozen'
    if (mark) throw FROZEN
  },
  constant: (request) => {
    const mark = request.url
    if (mark) throw CONSTANT
  },
  rejected: () => {
    const mark = 'rejected'
    return Promise.reject(new Error(mark))
  },
  overflow: () => {
    const mark = 'overflow'
    const again = (n) => again(n + 1) + mark.length
    return again(0)
  },
  answer: () => {
    throw Object.assign(new Error('an answer'), { isAnswer: true })
  },
  imports: () => {
    const mark = basename('/a/imports')
    throw new Error(mark)
  },
}

export default {
  fetch(request) {
    const name = new URL(request.url).pathname.slice(1)
    return shapes[name](request)
  },
}
