export const title = 'from 500 lines of source to a template that can run'

const part = (index) => `<section id="s${index}">
  {% if user.level > ${index} and user.name %}
    <h2>{{ user.name|upper }}: {{ title }}</h2>
    {% for item in items %}
      <p class="{{ loop.index % 2 }}">{{ item.name }} {{ item.price|round(2) }}</p>
    {% endfor %}
  {% else %}
    <p>{{ message|default("nothing", true) }}</p>
  {% endif %}
</section>`
const source = Array.from({ length: 50 }, (_, index) => part(index)).join('\n')
const tagged = (index) => `<section id="s${index}">
  <% if (it.user.level > ${index} && it.user.name) { %>
    <h2><%= it.user.name.toUpperCase() %>: <%= it.title %></h2>
    <% it.items.forEach((item, index) => { %>
      <p class="<%= index % 2 %>"><%= item.name %> <%= item.price %></p>
    <% }) %>
  <% } else { %>
    <p><%= it.message || 'nothing' %></p>
  <% } %>
</section>`
const taggedSource = Array.from({ length: 50 }, (_, index) => tagged(index)).join('\n')

const data = { user: { level: 1, name: 'a' }, items: [], title: 't' }

// Nothing to compare: each source has its own template. The source changes each time, so that no cache answers.
export const checked = false

let count = 0
const marked = (text) => `${text}<!-- ${count++} -->`

export const jinja2 = { source, data, autoescape: true, compiles: true }

export const engines = {
  async phial() {
    const { Environment } = await import('@phial/jinja')
    const environment = new Environment({ autoescape: true })
    return () => environment.fromString(marked(source)).render(data).slice(0, 1)
  },
  async 'phial (code from the start)'() {
    const { Environment } = await import('@phial/jinja')
    const environment = new Environment({ autoescape: true, backend: 'code' })
    return () => environment.fromString(marked(source)).render(data).slice(0, 1)
  },
  async 'phial (closures)'() {
    const { Environment } = await import('@phial/jinja')
    const environment = new Environment({ autoescape: true, backend: 'closures' })
    return () => environment.fromString(marked(source)).render(data).slice(0, 1)
  },
  async eta() {
    const { Eta } = await import('eta')
    const eta = new Eta()
    return () => eta.compile(marked(taggedSource)).call(eta, data).slice(0, 1)
  },
  async ejs() {
    const { default: ejs } = await import('ejs')
    return () => ejs.compile(marked(taggedSource))({ it: data }).slice(0, 1)
  },
  async liquidjs() {
    const { Liquid } = await import('liquidjs')
    const engine = new Liquid({ outputEscape: 'escape' })
    const liquid = source
      .replaceAll('|default("nothing", true)', '|default: "nothing"')
      .replaceAll('|round(2)', '|round: 2')
      .replaceAll('|upper', '|upcase')
      .replaceAll('{{ loop.index % 2 }}', '{{ forloop.index | modulo: 2 }}')
    return () => engine.renderSync(engine.parse(marked(liquid)), data).slice(0, 1)
  },
  async nunjucks() {
    const { default: nunjucks } = await import('nunjucks')
    const environment = new nunjucks.Environment(null, { autoescape: true })
    return () => nunjucks.compile(marked(source), environment).render(data).slice(0, 1)
  },
  async minijinja() {
    const { Environment } = await import('minijinja-js')
    const environment = new Environment()
    return () => {
      environment.addTemplate('page.html', marked(source))
      return environment.renderTemplate('page.html', data).slice(0, 1)
    }
  },
  async '@huggingface/jinja'() {
    const { Template } = await import('@huggingface/jinja')
    return () => new Template(marked(source.replaceAll('|round(2)', ''))).render(data).slice(0, 1)
  },
}
