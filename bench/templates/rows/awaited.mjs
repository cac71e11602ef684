import { escapeHtml } from '../floor.mjs'

export const title = '100 values that are promises'

// Promises that are settled, so that the engine is measured and not a timer.
const data = {
  items: Array.from({ length: 100 }, (_, index) => ({ name: Promise.resolve(`<item ${index}>`) })),
}
const jinja = '<ul>{% for i in items %}<li>{{ i.name }}</li>{% endfor %}</ul>'

async function floor() {
  let page = '<ul>'
  for (const i of data.items) page += `<li>${escapeHtml(await i.name)}</li>`
  return `${page}</ul>`
}

export const engines = {
  floor: () => floor,
  async phial() {
    const { Environment } = await import('@phial/jinja')
    const template = new Environment({ autoescape: true, enableAsync: true }).fromString(jinja)
    return () => template.renderAsync(data)
  },
  async eta() {
    const { Eta } = await import('eta')
    const eta = new Eta()
    const page = eta.compile(
      '<ul><% for (const i of it.items) { %><li><%= await i.name %></li><% } %></ul>',
      { async: true },
    )
    return () => page.call(eta, data)
  },
  async ejs() {
    const { default: ejs } = await import('ejs')
    const page = ejs.compile('<ul><% for (const i of items) { %><li><%= await i.name %></li><% } %></ul>', {
      async: true,
    })
    return () => page(data)
  },
  async liquidjs() {
    const { Liquid } = await import('liquidjs')
    const engine = new Liquid({ outputEscape: 'escape' })
    const template = engine.parse(jinja)
    return () => engine.render(template, data)
  },
}
