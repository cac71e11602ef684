// node:http by hand: the floor. One writeHead with a flat list and one end, as fast as the public API goes.
import { createServer } from 'node:http'
import { GREETING, makeObject, RESOURCES } from '../cases.mjs'

const table = process.env.TABLE ? new Set(RESOURCES) : null
const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json'

function reply(res, type, body) {
  res.writeHead(200, ['Content-Type', type, 'Content-Length', String(Buffer.byteLength(body))])
  res.end(body)
}

function notFound(res) {
  res.writeHead(404, ['Content-Length', '0'])
  res.end()
}

function readBody(req, done) {
  let first = null
  let chunks = null
  req.on('data', (chunk) => {
    if (first === null) first = chunk
    else (chunks ??= [first]).push(chunk)
  })
  req.on('end', () => done(chunks === null ? first : Buffer.concat(chunks)))
}

createServer({ optimizeEmptyRequests: true }, (req, res) => {
  const { url, method } = req
  if (method === 'POST') {
    readBody(req, (body) => {
      if (url === '/echo') reply(res, JSON_TYPE, JSON.stringify(JSON.parse(body.toString())))
      else if (url === '/form') {
        const form = new URLSearchParams(body.toString())
        reply(res, TEXT, `${form.get('name')}, ${form.get('city')}, ${form.size}`)
      } else if (url === '/upload') reply(res, TEXT, String(body.length))
      else notFound(res)
    })
  } else if (url === '/') reply(res, TEXT, GREETING)
  else if (url === '/json') reply(res, JSON_TYPE, JSON.stringify(makeObject()))
  else {
    const parts = url.split('/')
    if (parts.length === 4 && parts[1] === 'sum')
      reply(res, TEXT, String(Number(parts[2]) + Number(parts[3])))
    else if (parts.length === 5 && table?.has(parts[1]) && parts[3] === 'members') {
      reply(res, TEXT, `${decodeURIComponent(parts[2])}:${decodeURIComponent(parts[4])}`)
    } else notFound(res)
  }
}).listen(Number(process.env.PORT), '127.0.0.1')
