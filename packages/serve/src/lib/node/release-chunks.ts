/**
 * Gives the memory of chunks back at once, where they share it with nobody; they are empty afterwards. The collector
 * comes to it late: what has waited for the rest of a large body has become old meanwhile, and is found only when the
 * whole heap is marked, which takes a third of an upload's processor time.
 */
export function releaseChunks(chunks: readonly Buffer[]): void {
  const memory: ArrayBuffer[] = []
  for (const chunk of chunks) {
    if (chunk.length === chunk.buffer.byteLength) memory.push(chunk.buffer as ArrayBuffer)
  }
  if (nobody === null) {
    nobody = new MessageChannel().port1
    nobody.close()
    memory.push(new ArrayBuffer(LARGE_BLOCK))
  }
  try {
    // What is transferred leaves its sender, and here it reaches no one.
    nobody.postMessage(null, memory)
  } catch {
    // Memory that a runtime does not let go of stays with the collector.
  }
}

/** A port that nobody listens to. */
let nobody: MessagePort | null = null

// glibc gives the end of its heap back to the kernel when that is twice the largest block it has mapped and freed. With
// bodies of 1 MB it would do so all the time, and get every page again by a fault. A block that was never touched costs
// nothing, and raises the limit to 8 MiB.
const LARGE_BLOCK = 4 * 1024 * 1024
