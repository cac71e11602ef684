// Views whose cost with and without the debugger is compared.

async function load(id) {
  let sum = 0
  // As many waits as a view with a few queries has.
  for (let i = 0; i < 10; i++) sum += await Promise.resolve(i)
  return { id, sum }
}

// With the handler they are five frames.
const levels = [
  (n) => {
    const five = n
    throw new Error(`failed ${five}`)
  },
]
for (let depth = 1; depth < 4; depth++) {
  levels.unshift((n) => {
    const here = n + depth
    return levels[levels.length - depth](here)
  })
}

export default {
  fetch(request) {
    if (request.url.endsWith('/hello')) return new Response('hello')
    if (request.url.endsWith('/awaits')) return load(1).then((row) => Response.json(row))
    return levels[0](1)
  },
}
