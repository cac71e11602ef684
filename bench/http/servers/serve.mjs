// @phial/serve with a handler written by hand: what the gateway costs, and what a framework on it starts from.
import { Response } from '@phial/http'
import { serve } from '@phial/serve'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const table = process.env.TABLE ? new Set(RESOURCES) : null
const text = (body) => new Response(body)
const json = (value) => new Response(JSON.stringify(value), { contentType: 'application/json' })

async function post(request) {
  switch (request.rawPath) {
    case '/echo':
      return json(await request.json())
    case '/form': {
      const form = await request.form()
      return text(`${form.get('name')}, ${form.get('city')}, ${form.size}`)
    }
    case '/upload':
      return text(String((await request.bytes()).length))
    default:
      return new Response(null, { status: 404 })
  }
}

function fetch(request) {
  if (request.method === 'POST') return post(request)
  const path = request.rawPath
  if (path === '/') return text(GREETING)
  if (path === '/json') return json(makeObject())
  const parts = path.split('/')
  if (parts.length === 4 && parts[1] === 'sum') return text(String(Number(parts[2]) + Number(parts[3])))
  if (parts.length === 5 && table?.has(parts[1]) && parts[3] === 'members') {
    return text(`${decodeURIComponent(parts[2])}:${decodeURIComponent(parts[4])}`)
  }
  return new Response(null, { status: 404 })
}

await serve({ fetch }, { port: Number(process.env.PORT) })
