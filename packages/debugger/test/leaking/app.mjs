/** How many of the large values were collected, by the way that leads to them. */
export const collected = { swallowed: 0, shown: 0, waiting: 0 }

const registry = new FinalizationRegistry((name) => {
  collected[name]++
})

function fail(name) {
  const large = new Array(50_000).fill(name)
  registry.register(large, name)
  throw new Error(String(large.length))
}

async function wait(name) {
  const large = new Array(50_000).fill(name)
  registry.register(large, name)
  await Promise.reject(new Error(String(large.length)))
}

export default {
  async fetch(request) {
    const name = new URL(request.url).pathname.slice(1)
    if (name === 'waiting') await wait(name)
    if (name === 'shown') fail(name)
    try {
      fail(name)
    } catch {
      return Response.json({})
    }
  },
}
