// Loaded into every server before its own code: tells how much processor time the process has used.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send({ cpu: user + system, memory: process.memoryUsage.rss() })
})
process.channel?.unref()
