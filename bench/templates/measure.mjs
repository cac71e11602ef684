/** One process: times the engines of one row and prints the times as JSON. `node measure.mjs ROW ROUNDS MS` */
const [row, rounds, milliseconds] = process.argv.slice(2)
const { title, engines, normalize = collapse, checked = true } = await import(`./rows/${row}.mjs`)

/** White space between tags differs by how an engine lets one write a template; one engine escapes slashes too. */
function collapse(page) {
  return page
    .replace(/\s+/g, ' ')
    .replace(/ ?(<[^>]*>) ?/g, '$1')
    .replaceAll('&#x2f;', '/')
    .trim()
}

const candidates = []
const notes = []
let expected
for (const [name, make] of Object.entries(engines)) {
  let render
  try {
    render = await make()
  } catch (error) {
    if (name === 'phial' || error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
    notes.push(`${name} is not installed.`)
    continue
  }
  if (typeof render === 'string') {
    notes.push(`${name}: ${render}`)
    continue
  }
  if (checked) {
    const page = normalize(await render())
    expected ??= { name, page }
    if (page !== expected.page) {
      const at = [...page].findIndex((character, index) => character !== expected.page[index])
      throw new Error(
        `${row}: ${name} and ${expected.name} differ at ${at}:\n` +
          `${page.slice(Math.max(0, at - 60), at + 60)}\n${expected.page.slice(Math.max(0, at - 60), at + 60)}`,
      )
    }
  }
  candidates.push({ name, render, times: [], count: 1 })
}

/** Milliseconds of processor time that `count` calls take; a call that gives a promise is awaited. */
async function slice({ render }, count) {
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

for (const candidate of candidates) {
  // Warm up, and find how many calls fill a slice.
  for (let spent = 0; spent < 150; ) {
    const time = await slice(candidate, candidate.count)
    spent += time
    if (time < Number(milliseconds)) {
      candidate.count = Math.ceil(
        candidate.count * Math.min(10, (Number(milliseconds) * 1.2) / Math.max(time, 0.1)),
      )
    }
  }
}
for (let round = 0; round < Number(rounds); round++) {
  for (const candidate of candidates) {
    candidate.times.push((1000 * (await slice(candidate, candidate.count))) / candidate.count)
  }
}
const times = Object.fromEntries(candidates.map(({ name, times }) => [name, times]))
console.log(`\n${JSON.stringify({ title, bytes: Buffer.byteLength(expected?.page ?? ''), notes, times })}`)
