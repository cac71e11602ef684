import { escapeHtml } from '../floor.mjs'

export const title = '1000 rows with escaping, conditions and three filters a row'

const users = Array.from({ length: 1000 }, (_, index) => ({
  name: `User <${index}> & co`,
  email: `user${index}@example.com`,
  score: (index * 7919) % 1000,
  active: index % 3 === 0,
  ...(index % 4 > 0 && { city: ` City ${index % 10} ` }),
  ...(index % 5 === 0 && { note: `note ${index}` }),
}))
const data = { users }

const jinja = `<table>
{% for u in users %}<tr class="{{ 'odd' if loop.index % 2 else 'even' }}"><td>{{ loop.index }}</td><td>{{ u.name|upper }}</td>
<td>{{ u.email }}</td><td>{{ u.score }}</td><td>{{ u.city|default('nowhere')|trim }}</td>
<td>{% if u.active %}<b>active</b>{% else %}<i>{{ u.note|default('none') }}</i>{% endif %}</td></tr>
{% endfor %}</table>
`

/** With the tags of eta and ejs. */
const tagged = (list) => `<table>
<% ${list}.forEach((u, i) => { %><tr class="<%= i % 2 ? 'even' : 'odd' %>"><td><%= i + 1 %></td><td><%= u.name.toUpperCase() %></td>
<td><%= u.email %></td><td><%= u.score %></td><td><%= (u.city ?? 'nowhere').trim() %></td>
<td><% if (u.active) { %><b>active</b><% } else { %><i><%= u.note ?? 'none' %></i><% } %></td></tr>
<% }) %></table>
`

function floor() {
  let page = '<table>\n'
  for (let i = 0; i < users.length; i++) {
    const u = users[i]
    page += `<tr class="${i % 2 ? 'even' : 'odd'}"><td>${i + 1}</td><td>${escapeHtml(u.name.toUpperCase())}</td>
<td>${escapeHtml(u.email)}</td><td>${u.score}</td><td>${escapeHtml((u.city ?? 'nowhere').trim())}</td>
<td>${u.active ? '<b>active</b>' : `<i>${escapeHtml(u.note ?? 'none')}</i>`}</td></tr>\n`
  }
  return `${page}</table>\n`
}

async function phial(options) {
  const { Environment } = await import('@phial/jinja')
  const template = new Environment({ autoescape: true, ...options }).fromString(jinja)
  return () => template.render(data)
}

export const jinja2 = { source: jinja, data, autoescape: true }

export const engines = {
  floor: () => floor,
  phial: () => phial(),
  'phial (closures)': () => phial({ backend: 'closures' }),
  async 'phial (async)'() {
    const { Environment } = await import('@phial/jinja')
    const template = new Environment({ autoescape: true }).fromString(jinja)
    return () => template.renderAsync(data)
  },
  async eta() {
    const { Eta } = await import('eta')
    const eta = new Eta()
    const page = eta.compile(tagged('it.users'))
    return () => page.call(eta, data)
  },
  async ejs() {
    const { default: ejs } = await import('ejs')
    const page = ejs.compile(tagged('users'))
    return () => page(data)
  },
  async pug() {
    const { default: pug } = await import('pug')
    const page = pug.compile(`table
  each u, i in users
    tr(class=(i % 2 ? 'even' : 'odd'))
      td= i + 1
      td= u.name.toUpperCase()
      td= u.email
      td= u.score
      td= (u.city === undefined ? 'nowhere' : u.city).trim()
      td
        if u.active
          b active
        else
          i= u.note === undefined ? 'none' : u.note
`)
    return () => page(data)
  },
  async handlebars() {
    const { default: handlebars } = await import('handlebars')
    const page = handlebars.compile(
      `<table>
{{#each users}}<tr class="{{parity @index}}"><td>{{next @index}}</td><td>{{upper name}}</td>
<td>{{email}}</td><td>{{score}}</td><td>{{city city}}</td>
<td>{{#if active}}<b>active</b>{{else}}<i>{{orNone note}}</i>{{/if}}</td></tr>
{{/each}}</table>
`,
    )
    const helpers = {
      parity: (index) => (index % 2 ? 'even' : 'odd'),
      next: (index) => index + 1,
      upper: (text) => text.toUpperCase(),
      city: (name) => (name ?? 'nowhere').trim(),
      orNone: (value) => value ?? 'none',
    }
    return () => page(data, { helpers })
  },
  async liquidjs() {
    const { Liquid } = await import('liquidjs')
    const engine = new Liquid({ outputEscape: 'escape' })
    const template = engine.parse(`<table>
{% for u in users %}<tr class="{% cycle 'odd', 'even' %}"><td>{{ forloop.index }}</td><td>{{ u.name | upcase }}</td>
<td>{{ u.email }}</td><td>{{ u.score }}</td><td>{{ u.city | default: 'nowhere' | strip }}</td>
<td>{% if u.active %}<b>active</b>{% else %}<i>{{ u.note | default: 'none' }}</i>{% endif %}</td></tr>
{% endfor %}</table>
`)
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
