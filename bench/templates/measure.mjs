/**
 * One engine in a process of its own: `measure.mjs ROW ENGINE MS`, a child of run.mjs. It prints the page it makes, then
 * one time for each line it gets, all as JSON. Engines do not share a process: they change prototypes of the language (Nunjucks
 * makes `slice` and `charCodeAt` half as fast for all), and fill the heap that others then collect.
 */
import { createInterface } from 'node:readline'

const [row, name, milliseconds] = process.argv.slice(2)
const { engines } = await import(`./rows/${row}.mjs`)

/** A function that makes the page, or why there is none. */
async function prepare() {
  try {
    return await engines[name]()
  } catch (error) {
    if (name === 'phial' || error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
    return 'not installed.'
  }
}

/** Milliseconds of processor time that `count` calls take; a call that gives a promise is awaited. */
async function slice(render, count) {
  const before = process.cpuUsage()
  let length = 0
  for (let i = 0; i < count; i++) {
    let page = render()
    if (page instanceof Promise) page = await page
    // Taking the length of its bytes writes the page out, as sending it would.
    length += Buffer.byteLength(page)
  }
  const { user, system } = process.cpuUsage(before)
  if (length < 0) throw new Error('never')
  return (user + system) / 1000
}

/** Warms up, and finds how many calls fill a slice. */
async function callsOfSlice(render) {
  let count = 1
  for (let spent = 0; spent < 300; ) {
    const time = await slice(render, count)
    spent += time
    if (time < milliseconds)
      count = Math.ceil(count * Math.min(10, (milliseconds * 1.2) / Math.max(time, 0.1)))
  }
  return count
}

const answer = (values) => console.log(JSON.stringify(values))

const render = await prepare()
if (typeof render === 'string') answer({ note: render })
else {
  const page = await render()
  const count = await callsOfSlice(render)
  answer({ page })
  for await (const _ of createInterface({ input: process.stdin })) {
    answer({ time: (1000 * (await slice(render, count))) / count })
  }
}
