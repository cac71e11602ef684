import { readFile } from 'node:fs/promises'
import { Phial, renderTemplate } from 'phial'
import { Cart, loadOrder } from './lib/orders.ts'

// Fails in each way that the tests look at in a browser.

const app = new Phial(import.meta, { config: { SECRET_KEY: 'dev', SHOP_NAME: 'Phial & Sons' } })

app.get('/', () => '<!doctype html><title>Shop</title><h1>Shop</h1>')

app.get('/cart', (_, { request }) => {
  const cart = new Cart()
  const prices = { 'A-1': 12.5 }
  const page = Number(request.args.get('page') ?? 1)
  return { total: cart.total(prices), page }
})

app.get('/orders/<id>', async function showOrder({ id }) {
  const user = { name: 'Ann', password: 'hunter2' }
  const order = await loadOrder(id, user)
  return `order ${order.row.name}`
})

app.get('/file', async () => {
  const name = 'missing.txt'
  return await readFile(name, 'utf8')
})

app.get('/all', async () => {
  const ids = ['42', '42']
  return await Promise.any(ids.map((id) => loadOrder(id, { name: 'Bob', password: 'x' })))
})

app.get('/list', () => {
  const items = [{ name: 'Tea', price: { net: 3 } }, { name: 'Cup' }]
  return renderTemplate('list.html', { title: 'Stock', items })
})

app.get('/nothing', function forgetful() {
  return undefined as never
})

app.get('/mistyped', () => renderTemplate('lits.html'))

app.get('/stream', function* () {
  yield 'begun'
  const step = 2
  throw new Error(`broke at ${step}`)
})

app.get('/forgotten', () => {
  const forget = async (): Promise<void> => {
    const step = 2
    throw new Error('nobody waits', { cause: step })
  }
  void forget()
  return 'fine'
})

app.get('/timer', () => {
  setTimeout(() => {
    const step = 2
    throw new Error('in a timer', { cause: step })
  })
  return 'fine'
})

app.get('/attack', (_, { request }) => {
  const text = request.args.get('text') ?? ''
  throw new Error(text, { cause: { [text]: text } })
})

app.post('/form', async (_, { request }) => {
  const form = await request.form()
  throw new Error(`no ${form.require('name')}`)
})

app.beforeRequest(({ request }) => {
  const { path } = request
  const seen = { count: 1 }
  if (path === '/hook') throw new Error('The hook failed\nin two lines', { cause: seen })
})

export default app
