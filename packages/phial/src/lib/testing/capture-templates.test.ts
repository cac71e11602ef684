import { DictLoader } from '@phial/jinja'
import { expect, it } from 'vitest'
import { Phial, renderTemplate, renderTemplateString, streamTemplate } from '../../index.ts'
import { captureTemplates } from '../../testing.ts'

function makeApp(): Phial {
  const app = new Phial('test', {
    templateLoader: new DictLoader({ 'a.html': '{% include "b.html" %}{{ n }}', 'b.html': 'b' }),
    config: { TESTING: true },
  })
  app.contextProcessor(() => ({ site: 's' }))
  app.get('/', () => renderTemplate('a.html', { n: 1 }))
  app.get('/stream', () => streamTemplate('a.html', { n: 2 }))
  app.get('/text', () => renderTemplateString('x'))
  return app
}

it('keeps what was rendered, and with what', async () => {
  const app = makeApp()
  const other = makeApp()
  const rendered = captureTemplates(app)
  const client = app.testClient()
  await client.get('/')
  await other.testClient().get('/')
  expect(rendered.map(({ template, values }) => [template.name, values])).toEqual([
    ['a.html', { n: 1, site: 's' }],
  ])
  await client.get('/stream')
  await client.get('/text')
  expect(rendered.slice(1).map(({ template, values }) => [template.name, values])).toEqual([
    ['a.html', { n: 2, site: 's' }],
    [null, { site: 's' }],
  ])
})
