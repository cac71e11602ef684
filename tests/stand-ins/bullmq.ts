// What pages use of the package `bullmq`, with queues in memory.

export interface Job<Data> {
  readonly id: string
  readonly name: string
  readonly data: Data
}

interface QueueOptions {
  connection: { url: string }
}

interface State {
  readonly jobs: Map<string, Job<unknown> & { state: string; result?: unknown }>
  work: ((id: string) => void) | null
}

const queues = new Map<string, State>()

function stateOf(name: string): State {
  const state = queues.get(name) ?? { jobs: new Map(), work: null }
  queues.set(name, state)
  return state
}

export class Queue<Data, Result> {
  readonly #state: State

  constructor(name: string, _options: QueueOptions) {
    this.#state = stateOf(name)
  }

  async add(name: string, data: Data, _options: { attempts?: number } = {}): Promise<{ id?: string }> {
    const id = String(this.#state.jobs.size + 1)
    // What goes through a queue is what JSON holds.
    this.#state.jobs.set(id, { id, name, data: JSON.parse(JSON.stringify(data)), state: 'waiting' })
    this.#state.work?.(id)
    return { id }
  }

  async getJob(id: string): Promise<{ returnvalue: Result | null; getState(): Promise<string> } | undefined> {
    const job = this.#state.jobs.get(id)
    if (job === undefined) return undefined
    return { returnvalue: (job.result ?? null) as Result | null, getState: async () => job.state }
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

export class Worker<Data, Result> {
  #state: State
  #running: Promise<unknown> = Promise.resolve()

  constructor(name: string, work: (job: Job<Data>) => Promise<Result>, _options: QueueOptions) {
    this.#state = stateOf(name)
    this.#state.work = (id) => {
      const job = this.#state.jobs.get(id)!
      this.#running = this.#running.then(async () => {
        job.result = await work(job as Job<Data>)
        job.state = 'completed'
      })
    }
    for (const id of this.#state.jobs.keys()) this.#state.work(id)
  }

  /** Waits for the jobs under way. */
  async close(): Promise<void> {
    await this.#running
    this.#state.work = null
  }
}
