import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** An engine in a process of its own, that answers each line with a line of JSON. */
export class Contestant {
  #child
  #lines

  /** @param {unknown} [first] What it is told before it answers. */
  constructor(command, args, first) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
    if (first !== undefined) this.#tell(first)
  }

  #tell(value) {
    this.#child.stdin.write(`${JSON.stringify(value)}\n`)
  }

  async answer() {
    const { done, value } = await this.#lines.next()
    if (done) throw new Error(`${this.#child.spawnargs.join(' ')} ended before it answered.`)
    return JSON.parse(value)
  }

  /** Asks for the time of a slice. */
  ask() {
    this.#tell('slice')
    return this.answer()
  }

  stop() {
    this.#child.kill()
  }
}
