import type { GeneratedFrame } from '@phial/debugger/node'
import { DictLoader } from '@phial/jinja'
import { describe, expect, it } from 'vitest'
import { Phial } from '../app.ts'
import { renderTemplate } from '../templating/render.ts'
import { templateFrames } from './template-frames.ts'

const app = new Phial('test', {
  templateLoader: new DictLoader({
    'page.html': '<h1>{{ title }}</h1>\n{% for item in items %}\n{% include "row.html" %}\n{% endfor %}',
    'row.html': '\n{{ item.price * 2 }}',
  }),
})

/** A frame as generated code would be held: variables by its names, and a direct `eval` among them. */
function heldFrame(): GeneratedFrame {
  const context = {
    getAll: () =>
      new Map<string, unknown>([
        ['items', [1, 2]],
        ['title', 'Shop'],
        ['range', () => []],
      ]),
  }
  let l_0_item: unknown = 'outer'
  let l_1_item: unknown = { price: 3 }
  void [context, l_0_item, l_1_item]
  l_0_item = 'outer'
  l_1_item = { price: 3 }
  return {
    names: ['l_0_item', 'l_1_item', 'out', 'ln', 'context'],
    // biome-ignore lint/security/noGlobalEval: a held frame is one
    evaluate: (code) => eval(code) as unknown,
  }
}

describe('the frames of templates', () => {
  it('are the places of an error, the innermost first', () => {
    let thrown: unknown
    try {
      app.appContext().run(() => renderTemplate('page.html', { title: 'Shop', items: [{ price: null }] }))
    } catch (error) {
      thrown = error
    }
    const frames = templateFrames(app).framesOf(thrown)
    expect(frames.map(({ name, line }) => [name, line])).toEqual([
      ['row.html', 2],
      ['page.html', 3],
    ])
    expect(frames[0]!.source).toContain('item.price * 2')
    expect(templateFrames(app).framesOf(new Error('other'))).toEqual([])
    expect(templateFrames(app).framesOf('text')).toEqual([])
  })

  it('know the variables of the template, those of the inner scope first', () => {
    const insight = templateFrames(app).lookInto!(heldFrame())!
    expect(insight.names).toEqual(['item', 'items', 'title'])
    expect(insight.read('item')).toEqual({ price: 3 })
    expect(insight.read('title')).toBe('Shop')
  })

  it('evaluate expressions of templates, and change what they assign', () => {
    const insight = templateFrames(app).lookInto!(heldFrame())!
    expect(insight.evaluate('item.price * items|length')).toBe(6)
    expect(insight.evaluate('title == "Shop"')).toBe(true)
    insight.evaluate('item = {"price": 4}')
    expect(insight.evaluate('item.price')).toBe(4)
    insight.evaluate('title = title|upper')
    expect(insight.read('title')).toBe('SHOP')
  })

  it('are told apart from those of the engine', () => {
    const { owns } = templateFrames(app)
    const at = (url: string | null) => owns({ url, functionName: null })
    expect(at('file:///app/node_modules/@phial/jinja/dist/chunks/core.js')).toBe(true)
    expect(at('file:///app/templates/page.html')).toBe(false)
    expect(at(null)).toBe(false)
  })
})
