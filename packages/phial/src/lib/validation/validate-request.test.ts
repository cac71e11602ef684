import { type BodySource, BytesBody, type FileStorage, StreamBody } from '@phial/http'
import type { ImmutableMultiDict } from '@phial/http/collections'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import {
  Blueprint,
  Phial,
  reply,
  type SchemaIssue,
  type StandardSchema,
  type ValidationError,
} from '../../index.ts'

/** A schema of the test's own: `check` gives the value, or issues. */
function schema<Output>(
  check: (value: unknown) => { value: Output } | { issues: SchemaIssue[] },
  later = false,
): StandardSchema<unknown, Output> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => (later ? Promise.resolve(check(value)) : check(value)),
    },
  }
}

const page = schema((value) => {
  const text = (value as { page?: string }).page ?? '1'
  return /^\d+$/.test(text)
    ? { value: { page: Number(text) } }
    : { issues: [{ message: 'Expected a number', path: ['page'] }] }
})

interface Book {
  title: string
  tags: string[]
}

const book = (later = false) =>
  schema<Book>((value) => {
    const { title, tags = [] } = (value ?? {}) as { title?: unknown; tags?: unknown[] }
    const issues: SchemaIssue[] = []
    if (typeof title !== 'string') issues.push({ message: 'Required', path: [{ key: 'title' }] })
    for (const [index, tag] of tags.entries()) {
      if (typeof tag !== 'string') issues.push({ message: 'Expected text', path: ['tags', index, 'a/b~c'] })
    }
    return issues.length > 0 ? { issues } : { value: { title: title as string, tags: tags as string[] } }
  }, later)

function createApp(): Phial {
  return new Phial('test', { staticFolder: null })
}

describe('the schemas of a route', () => {
  it('give the view typed values', async () => {
    const app = createApp()
    const id = schema((value) => ({ value: { id: (value as { id: number }).id * 10 } }))
    app.post(
      '/books/<int:id>',
      { params: id, query: page, json: book() },
      ({ id }, { query, json, request }) => {
        expectTypeOf(id).toEqualTypeOf<number>()
        expectTypeOf(query).toEqualTypeOf<{ page: number }>()
        expectTypeOf(json).toEqualTypeOf<Book>()
        return { id, query, json, path: request.path }
      },
    )
    app.get('/', { query: page }, (_params, context) => {
      // @ts-expect-error there is no schema for it
      context.json
      return context.query
    })
    const client = app.testClient()
    const response = await client.post('/books/7?page=3', { json: { title: 'X', other: 1 } })
    expect(response.json()).toEqual({
      id: 70,
      query: { page: 3 },
      json: { title: 'X', tags: [] },
      path: '/books/7',
    })
    expect((await client.get('/')).json()).toEqual({ page: 1 })
  })

  it.each([[false], [true]])('answer what does not fit with problem details; later: %s', async (later) => {
    const app = createApp()
    app.post('/', { query: page, json: book(later) }, () => 'not called')
    const response = await app.testClient().post('/?page=x', { json: { tags: ['a', 1] } })
    expect([response.status, response.contentType]).toEqual([422, 'application/problem+json'])
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: 'The request does not have the expected form.',
      errors: [
        { in: 'query', pointer: '/page', message: 'Expected a number' },
        { in: 'json', pointer: '/title', message: 'Required' },
        { in: 'json', pointer: '/tags/1/a~1b~0c', message: 'Expected text' },
      ],
    })
  })

  it('leave the answer to an error handler, or to the route', async () => {
    const app = createApp()
    app.errorHandler(422, (error) => reply((error as ValidationError).byField, 400))
    app.post('/json', { json: book() }, () => '')
    app.post(
      '/form',
      { form: book(), onInvalid: ({ byField }) => reply(`<form>${byField['title']?.join()}</form>`, 422) },
      (_params, { form }) => form.title,
    )
    const client = app.testClient()
    const response = await client.post('/json', { json: {} })
    expect([response.status, response.json()]).toEqual([400, { title: ['Required'] }])
    expect((await client.post('/form', { form: { other: '1' } })).text).toBe('<form>Required</form>')
    expect((await client.post('/form', { form: { title: 'Hi' } })).text).toBe('Hi')
  })

  it('see fields and files, lists where a name comes several times, and no prototype', async () => {
    const app = createApp()
    const seen: Record<string, unknown>[] = []
    const any = schema((value) => {
      seen.push(value as Record<string, unknown>)
      return { value: true }
    })
    app.post('/', { query: any, form: any }, (_params, { form, query }) => ({ form, query }))
    await app.testClient().post('/?a=1&b=1&b=2&__proto__=x', {
      form: { title: 'x', tag: ['1', '2'], file: new File(['hello'], 'a.txt') },
    })
    const [query, form] = seen as [Record<string, unknown>, Record<string, unknown>]
    expect(Object.entries(query)).toEqual([
      ['a', '1'],
      ['b', ['1', '2']],
      ['__proto__', 'x'],
    ])
    expect(form).toMatchObject({ title: 'x', tag: ['1', '2'], file: { filename: 'a.txt' } })
  })

  it.each([false, true])(
    'get a list where they want one, however often a name comes (later: %s)',
    async (later) => {
      const isList = (value: unknown): value is string[] => Array.isArray(value)
      const search = schema((value) => {
        const { tag = [], page: number = '1' } = value as { tag?: unknown; page?: unknown }
        const issues: SchemaIssue[] = []
        if (!isList(tag)) issues.push({ message: 'Expected a list', path: ['tag'] })
        else if (tag.includes('bad')) issues.push({ message: 'Bad', path: ['tag', tag.indexOf('bad')] })
        if (typeof number !== 'string' || !/^\d+$/.test(number))
          issues.push({ message: 'Expected a number', path: [{ key: 'page' }] })
        return issues.length > 0 ? { issues } : { value: { tag } }
      }, later)
      const app = createApp()
      app.get('/', { query: search }, (_params, { query }) => query)
      app.post('/', { form: search }, (_params, { form }) => form)
      const client = app.testClient()
      expect((await client.get('/')).json()).toEqual({ tag: [] })
      expect((await client.get('/?tag=a')).json()).toEqual({ tag: ['a'] })
      expect((await client.get('/?tag=a&tag=b')).json()).toEqual({ tag: ['a', 'b'] })
      expect((await client.post('/', { form: { tag: 'a' } })).json()).toEqual({ tag: ['a'] })
      const errors = async (query: string) =>
        (await client.get(query)).json<{ errors: { pointer: string; message: string }[] }>().errors
      expect(await errors('/?tag=a&page=x')).toEqual([
        { in: 'query', pointer: '/page', message: 'Expected a number' },
      ])
      expect(await errors('/?tag=bad')).toEqual([{ in: 'query', pointer: '/tag/0', message: 'Bad' }])
    },
  )

  it('keep the errors of bodies that cannot be read', async () => {
    const app = createApp()
    app.post('/', { json: book() }, () => '')
    const client = app.testClient()
    expect((await client.post('/', { body: '{', contentType: 'application/json' })).status).toBe(400)
    expect((await client.post('/', { body: 'x', contentType: 'text/plain' })).status).toBe(415)
  })

  it('work in blueprints, with parameters of the prefix', async () => {
    const app = createApp()
    const bp = new Blueprint('bp', null, { urlPrefix: '/<lang>' })
    bp.get('/<int:id>', { query: page }, ({ lang, id }, { query }) => {
      expectTypeOf(lang).toEqualTypeOf<string>()
      return `${lang} ${id + query.page}`
    })
    app.registerBlueprint(bp)
    expect((await app.testClient().get('/de/1?page=2')).text).toBe('de 3')
  })

  it('leave one view one view', () => {
    const app = createApp()
    const list = () => ''
    const json = book()
    app.get('/a', { query: page }, list)
    app.get('/b', { query: page }, list)
    expect(() => app.get('/c', { json }, list)).toThrow(/"list" has another view/)
  })

  it('have to be schemas', () => {
    expect(() => createApp().get('/', { query: {} as never }, () => '')).toThrow(
      /The schema for query does not follow Standard Schema/,
    )
  })
})

describe('true in the place of a schema', () => {
  it('gives the view the body as it is, typed', async () => {
    const app = createApp()
    app.post('/json', { json: true }, (_params, { json }) => {
      expectTypeOf(json).toEqualTypeOf<unknown>()
      return { json }
    })
    app.post('/form', { form: true, files: true }, (_params, { form, files }) => {
      expectTypeOf(form).toEqualTypeOf<ImmutableMultiDict<string>>()
      expectTypeOf(files).toEqualTypeOf<ImmutableMultiDict<FileStorage>>()
      return `${form.require('name')} ${form.getList('tag').join()} ${files.get('file')?.filename}`
    })
    const client = app.testClient()
    expect((await client.post('/json', { json: [1, null] })).json()).toEqual({ json: [1, null] })
    const fields = { name: 'x', tag: ['a', 'b'] }
    expect((await client.post('/form', { form: fields })).text).toBe('x a,b undefined')
    const file = new File(['hello'], 'a.txt')
    expect((await client.post('/form', { form: { ...fields, file } })).text).toBe('x a,b a.txt')
    expect((await client.post('/form', { form: { tag: 'a' } })).status).toBe(400)
  })

  it('goes together with schemas for other parts, and with providers and parameters', async () => {
    const app = createApp()
    app.post(
      '/<int:id>',
      { query: page, json: true, provide: { user: async () => 'ann' } },
      ({ id }, { query, json, user }) => ({ id, query, json, user }),
    )
    const client = app.testClient()
    const answer = { id: 7, query: { page: 2 }, json: 'x', user: 'ann' }
    expect((await client.post('/7?page=2', { json: 'x' })).json()).toEqual(answer)
    expect((await client.post('/7?page=x', { json: 'x' })).status).toBe(422)
  })

  it('answers bodies that cannot be read as request.json() and request.form() do', async () => {
    const app = createApp()
    app.config.MAX_CONTENT_LENGTH = 20
    app.post('/json', { json: true }, () => 'not called')
    app.post('/form', { form: true }, (_params, { form }) => String(form.size))
    const client = app.testClient()
    const status = async (path: string, body: string, contentType: string) =>
      (await client.post(path, { body, contentType })).status
    expect(await status('/json', '{', 'application/json')).toBe(400)
    expect(await status('/json', 'a=1', 'application/x-www-form-urlencoded')).toBe(415)
    expect(await status('/json', `[${'1,'.repeat(20)}1]`, 'application/json')).toBe(413)
    expect(await status('/form', `a=${'1'.repeat(20)}`, 'application/x-www-form-urlencoded')).toBe(413)
    expect((await client.post('/form', { body: '{}', contentType: 'text/plain' })).text).toBe('0')
  })

  it('reads a body that is there without a promise, and waits for one that is not', async () => {
    const app = createApp()
    app.post('/', { json: true }, (_params, { json }) => ({ json }))
    app.post('/form', { form: true }, (_params, { form }) => `${form.get('a')}`)
    const ask = (target: string, type: string, body: BodySource) => {
      const request = new app.requestClass({
        method: 'POST',
        target,
        scheme: 'http',
        rawHeaders: ['Host', 'localhost', 'Content-Type', type],
        rootPath: '',
        remoteAddr: null,
        server: null,
        body,
        signal: new AbortController().signal,
      })
      return app.answer(request, { send: (late) => sent.push(late), fail: (error) => sent.push(error) })
    }
    const sent: unknown[] = []
    const bytes = (text: string) => new TextEncoder().encode(text)
    async function* later(text: string) {
      yield bytes(text)
    }
    const urlencoded = 'application/x-www-form-urlencoded'
    expect(ask('/', 'application/json', new BytesBody(bytes('[1]')))).toHaveProperty(
      'content',
      '{"json":[1]}\n',
    )
    expect(ask('/form', urlencoded, new BytesBody(bytes('a=1')))).toHaveProperty('content', '1')
    expect(ask('/', 'application/json', new StreamBody(later('[2]')))).toBeUndefined()
    expect(ask('/form', urlencoded, new StreamBody(later('a=2')))).toBeUndefined()
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    const texts = sent.map((answer) => (answer as { content: unknown }).content)
    expect(texts.toSorted()).toEqual(['2', '{"json":[2]}\n'])
  })

  it('is for bodies alone, and a schema is not for files alone', () => {
    const app = createApp()
    expect(() => app.get('/', { query: true as never }, () => '')).toThrow(
      'The option query takes a schema, not true: what it checks is in context.request.args without it.',
    )
    expect(() => app.get('/<a>', { params: true as never }, () => '')).toThrow(
      /The option params takes a schema, not true: .* the first argument of the view/,
    )
    expect(() => app.post('/', { files: page as never }, () => '')).toThrow(
      'The option files takes true. A schema for form checks fields and files together.',
    )
  })
})
