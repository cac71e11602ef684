// What pages use of the package `mongodb`, in memory.

export type WithId<Document> = Document & { _id: string }
type Filter<Document> = Partial<WithId<Document>>

export class Collection<Document extends object> {
  readonly #documents: WithId<Document>[] = []

  async insertOne(document: Document): Promise<{ insertedId: string }> {
    const _id = String(this.#documents.length + 1)
    this.#documents.push({ _id, ...document })
    return { insertedId: _id }
  }

  async findOne(filter: Filter<Document>): Promise<WithId<Document> | null> {
    return this.#matching(filter)[0] ?? null
  }

  find(filter: Filter<Document> = {}): { toArray(): Promise<WithId<Document>[]> } {
    return { toArray: async () => this.#matching(filter) }
  }

  async createIndex(_keys: Partial<Record<keyof Document, 1 | -1>>): Promise<string> {
    return 'index'
  }

  #matching(filter: Filter<Document>): WithId<Document>[] {
    return this.#documents.filter((document) =>
      Object.entries(filter).every(([key, value]) => Reflect.get(document, key) === value),
    )
  }
}

export class Db {
  readonly #collections = new Map<string, Collection<object>>()

  collection<Document extends object>(name: string): Collection<Document> {
    const known = this.#collections.get(name) ?? new Collection<object>()
    this.#collections.set(name, known)
    return known as unknown as Collection<Document>
  }
}

export class MongoClient {
  readonly url: string
  readonly #db = new Db()

  constructor(url: string) {
    this.url = url
  }

  async connect(): Promise<this> {
    return this
  }

  db(_name?: string): Db {
    return this.#db
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}
