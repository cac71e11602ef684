import { escapeHtml } from '../floor.mjs'

export const title = 'a sentence with two values'

const data = { name: 'World & <all>', place: 'here' }
const jinja = '<p>Hello {{ name }}, you are {{ place }}.</p>'

export const jinja2 = { source: jinja, data, autoescape: true }

export const engines = {
  floor: () => () => `<p>Hello ${escapeHtml(data.name)}, you are ${escapeHtml(data.place)}.</p>`,
  async phial() {
    const { Environment } = await import('@phial/jinja')
    const template = new Environment({ autoescape: true }).fromString(jinja)
    return () => template.render(data)
  },
  async eta() {
    const { Eta } = await import('eta')
    const eta = new Eta()
    const page = eta.compile('<p>Hello <%= it.name %>, you are <%= it.place %>.</p>')
    return () => page.call(eta, data)
  },
  async ejs() {
    const { default: ejs } = await import('ejs')
    return bind(ejs.compile('<p>Hello <%= name %>, you are <%= place %>.</p>'))
  },
  async pug() {
    const { default: pug } = await import('pug')
    return bind(pug.compile('p Hello #{name}, you are #{place}.'))
  },
  async handlebars() {
    const { default: handlebars } = await import('handlebars')
    return bind(handlebars.compile('<p>Hello {{name}}, you are {{place}}.</p>'))
  },
  async liquidjs() {
    const { Liquid } = await import('liquidjs')
    const engine = new Liquid({ outputEscape: 'escape' })
    const template = engine.parse(jinja)
    return () => engine.renderSync(template, data)
  },
  async nunjucks() {
    const { default: nunjucks } = await import('nunjucks')
    const template = nunjucks.compile(jinja, new nunjucks.Environment(null, { autoescape: true }))
    return () => template.render(data)
  },
  async minijinja() {
    const { Environment } = await import('minijinja-js')
    const environment = new Environment()
    environment.addTemplate('page.html', jinja)
    return () => environment.renderTemplate('page.html', data)
  },
}

function bind(render) {
  return () => render(data)
}
