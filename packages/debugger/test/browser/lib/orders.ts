import { find } from './db.ts'

export class OrderError extends Error {
  readonly code = 'E_ORDER'
  override name = 'OrderError'
}

export async function loadOrder(id: string, user: { name: string; password: string }) {
  const attempts = 2
  const apiToken = 'tok_123'
  const items = [
    { sku: 'A-1', price: 12.5, tags: ['new', 'red'] },
    { sku: 'B-2', price: 8 },
  ]
  try {
    const row = await find('orders', { id, attempts })
    return { row, user, items, apiToken }
  } catch (cause) {
    throw new OrderError(`The order ${id} could not be loaded for ${user.name}`, { cause })
  }
}

export class Cart {
  #discount = 0.1
  readonly lines = new Map([
    ['A-1', 2],
    ['B-2', 1],
  ])

  total(prices: Record<string, number>): number {
    let sum = 0
    for (const [sku, count] of this.lines) {
      const price = prices[sku]
      sum += price!.valueOf() * count * (1 - this.#discount)
    }
    return sum
  }
}
