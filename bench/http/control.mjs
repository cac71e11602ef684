// Loaded into every server before its own code: tells how much processor time the process has used.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ cpu: user + system, memory: process.memoryUsage.rss() })
})
process.channel?.unref()

// V8 treats heaps below 8 MB apart: large buffers cost less there. Applications are larger, and whether a bare server
// lies above it depends on how much code it imports; so all of them carry a weight that lifts them over it.
globalThis.ballast = new Array(1_500_000).fill(0.5)
