// Writes down in which order things happen, and what stacks say. Rewritten or not, it must be the same.

const events = []
const note = (event) => events.push(event)
const tick = () => Promise.resolve()

async function once(name) {
  note(`${name} begins`)
  await tick()
  note(`${name} goes on`)
  return name
}

async function failing(name) {
  note(`${name} begins`)
  try {
    await once(`${name} inner`)
    throw new Error(name)
  } finally {
    note(`${name} finally`)
  }
}

async function caught() {
  try {
    await failing('failing')
  } catch (error) {
    note(`caught ${error.message}`)
    await tick()
  }
  note('after caught')
}

const arrow = async (x) => (await once(x)).length

async function* numbers() {
  for (let i = 0; i < 3; i++) {
    await tick()
    yield i
  }
}

class Queue {
  #items = ['a', 'b']
  async drain() {
    for (const item of this.#items) note(await once(item))
    return (await arrow('arrow')) + this.#items.length
  }
}

async function loop() {
  for await (const n of numbers()) note(`number ${n}`)
}

async function thenable() {
  // biome-ignore lint/suspicious/noThenProperty: that is what it is about
  note(await { then: (resolve) => resolve('thenable') })
}

const interleaved = async () => {
  for (let i = 0; i < 8; i++) {
    note(`tick ${i}`)
    await null
  }
}

await Promise.all([once('once'), caught(), new Queue().drain().then(note), loop(), thenable(), interleaved()])

async function low() {
  await tick()
  throw new Error('deep')
}
async function middle() {
  return await low()
}
async function high() {
  await middle()
}
let stack = ''
try {
  await high()
} catch (error) {
  stack = error.stack.split('\n').map((line) =>
    line
      .trim()
      .replace(/\(.*\/|:\d+\)$/g, ' ')
      .trim(),
  )
}

export { events, stack }
