/**
 * What is measured: each row names its requests, which a client sends in turn, and what must come back. Servers read
 * `TABLE` and answer the paths below; `PORT` tells them where to listen.
 */

/** 34 resources with three routes each: 102 routes, two thirds of them with parameters. */
export const RESOURCES = Array.from({ length: 34 }, (_, i) => `resource${i}`)

export const GREETING = 'Hello, World!'
export const makeObject = () => ({ hello: 'world', id: 42, items: [1, 2, 3] })

const FORM_FIELDS = [
  ['name', 'John+Doe'],
  ['email', 'john%40example.com'],
  ['csrf_token', 'abcdef0123456789'],
  ['comment', 'hello+world%21+this+is+a+longer+comment'],
  ['city', 'Z%C3%BCrich'],
  ['tags', 'a'],
  ['remember', 'on'],
]
const FORM = FORM_FIELDS.map((pair) => pair.join('=')).join('&')

const ECHO = JSON.stringify({
  id: 1234567,
  name: 'Jane Doe',
  email: 'jane.doe@example.com',
  active: true,
  tags: ['admin', 'editor', 'beta'],
  address: { street: 'Bahnhofstrasse 1', city: 'Zürich', zip: '8001', country: 'CH' },
  scores: [12.5, 99, 3.25, 0],
  bio: 'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris.'.padEnd(
    245,
    '.',
  ),
})

const UPLOAD = Buffer.alloc(1024 * 1024, 'phial')

const range = (count, make) => Array.from({ length: count }, (_, i) => make(i))

/** `{ title, requests: [{ method, path, type, body, expected }] }` by name. `json` compares values, not text. */
export const ROWS = {
  hello: {
    title: 'Hello text',
    requests: [{ path: '/', expected: GREETING }],
  },
  sum: {
    title: 'Two integers in the path',
    requests: range(64, (i) => ({ path: `/sum/${i * 7}/${i * 13 + 1}`, expected: String(i * 20 + 1) })),
  },
  json: {
    title: 'JSON object',
    requests: [{ path: '/json', json: makeObject() }],
  },
  table: {
    title: '102 routes, two parameters',
    table: true,
    requests: range(68, (i) => ({
      path: `/${RESOURCES[(i * 5) % 34]}/user${i}/members/m${i * 3}`,
      expected: `user${i}:m${i * 3}`,
    })),
  },
  echo: {
    title: 'JSON echo, 475 bytes',
    requests: [
      { method: 'POST', path: '/echo', type: 'application/json', body: ECHO, json: JSON.parse(ECHO) },
    ],
  },
  form: {
    title: 'URL-encoded form, 7 fields',
    requests: [
      {
        method: 'POST',
        path: '/form',
        type: 'application/x-www-form-urlencoded',
        body: FORM,
        expected: 'John Doe, Zürich, 7',
      },
    ],
  },
  upload: {
    title: 'Upload, 1 MB',
    requests: [
      {
        method: 'POST',
        path: '/upload',
        type: 'application/octet-stream',
        body: UPLOAD,
        expected: String(UPLOAD.length),
      },
    ],
  },
}
