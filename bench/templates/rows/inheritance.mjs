import { escapeHtml } from '../floor.mjs'

export const title = 'three levels of inheritance, an include and a macro'

const data = {
  title: 'Home & <Page>',
  user: { name: 'Ann <b>' },
  nav: ['home', 'about', 'docs', 'blog', 'login'].map((name) => ({
    href: `/${name}`,
    label: `Go ${name} & on`,
  })),
  items: Array.from({ length: 10 }, (_, index) => ({
    name: `item${index}`,
    label: `Item <${index}>`,
    value: index,
  })),
}
const head =
  '<meta name="description" content="a page with some text in its head that is always the same">'.repeat(6)
const foot = '<p>Some small print that nobody reads but that every page has to have.</p>'.repeat(8)

const templates = {
  'base.html': `<html><head>${head}<title>{% block title %}Site{% endblock %}</title></head><body>
{% include 'nav.html' %}<main>{% block content %}{% endblock %}</main>{% block footer %}<p>footer</p>{% endblock %}${foot}</body></html>`,
  'nav.html': '<ul>{% for n in nav %}<li><a href="{{ n.href }}">{{ n.label }}</a></li>{% endfor %}</ul>',
  'forms.html':
    '{% macro field(name, label, value="") %}<label>{{ label }}<input name="{{ name }}" value="{{ value }}"></label>{% endmacro %}',
  'section.html':
    '{% extends "base.html" %}{% block title %}{{ title }} - {{ super() }}{% endblock %}{% block content %}<section>{% block section %}{% endblock %}</section>{% endblock %}',
  'page.html':
    '{% extends "section.html" %}{% from "forms.html" import field %}{% block section %}<h1>Hi {{ user.name }}</h1>{% for i in items %}{{ field(i.name, i.label, i.value) }}{% endfor %}{% endblock %}',
}

function floor() {
  let nav = '<ul>'
  for (const n of data.nav) nav += `<li><a href="${escapeHtml(n.href)}">${escapeHtml(n.label)}</a></li>`
  nav += '</ul>'
  const field = (name, label, value) =>
    `<label>${escapeHtml(label)}<input name="${escapeHtml(name)}" value="${value}"></label>`
  let section = `<h1>Hi ${escapeHtml(data.user.name)}</h1>`
  for (const i of data.items) section += field(i.name, i.label, i.value)
  return `<html><head>${head}<title>${escapeHtml(data.title)} - Site</title></head><body>
${nav}<main><section>${section}</section></main><p>footer</p>${foot}</body></html>`
}

async function phial(options) {
  const { DictLoader, Environment } = await import('@phial/jinja')
  const environment = new Environment({ autoescape: true, loader: new DictLoader(templates), ...options })
  return () => environment.getTemplateSync('page.html').render(data)
}

export const jinja2 = { templates, template: 'page.html', data, autoescape: true }

export const engines = {
  floor: () => floor,
  phial: () => phial(),
  'phial (closures)': () => phial({ backend: 'closures' }),
  async eta() {
    const { Eta } = await import('eta')
    const eta = new Eta()
    eta.loadTemplate(
      '@nav',
      '<ul><% it.nav.forEach((n) => { %><li><a href="<%= n.href %>"><%= n.label %></a></li><% }) %></ul>',
    )
    eta.loadTemplate(
      '@base',
      `<html><head>${head}<title><%= it.title %> - Site</title></head><body>
<%~ include('@nav', it) %><main><%~ it.body %></main><p>footer</p>${foot}</body></html>`,
    )
    eta.loadTemplate('@section', "<% layout('@base') %><section><%~ it.body %></section>")
    eta.loadTemplate(
      '@field',
      '<label><%= it.label %><input name="<%= it.name %>" value="<%= it.value %>"></label>',
    )
    eta.loadTemplate(
      '@page',
      "<% layout('@section') %><h1>Hi <%= it.user.name %></h1><% it.items.forEach((i) => { %><%~ include('@field', i) %><% }) %>",
    )
    return () => eta.render('@page', data)
  },
  async pug() {
    const { default: pug } = await import('pug')
    // Inheritance of pug reads files, so the page is one template with mixins; that can only make it faster.
    const page = pug.compile(
      `mixin field(name, label, value)
  label
    = label
    input(name=name value=value)
html
  head
    | ${head}
    title #{title} - Site
  body
    ul
      each n in nav
        li
          a(href=n.href)= n.label
    main
      section
        h1 Hi #{user.name}
        each i in items
          +field(i.name, i.label, i.value)
    p footer
    | ${foot}
`,
      { doctype: 'html' },
    )
    return () => page(data)
  },
  async handlebars() {
    const { default: handlebars } = await import('handlebars')
    const partial = (source) => handlebars.compile(source)
    const page = handlebars.compile(
      '{{#> section}}<h1>Hi {{user.name}}</h1>{{#each items}}{{> field}}{{/each}}{{/section}}',
    )
    const partials = {
      nav: partial('<ul>{{#each nav}}<li><a href="{{href}}">{{label}}</a></li>{{/each}}</ul>'),
      base: partial(
        `<html><head>${head}<title>{{title}} - Site</title></head><body>\n{{> nav}}<main>{{> @partial-block}}</main><p>footer</p>${foot}</body></html>`,
      ),
      section: partial('{{#> base}}<section>{{> @partial-block}}</section>{{/base}}'),
      field: partial('<label>{{label}}<input name="{{name}}" value="{{value}}"></label>'),
    }
    return () => page(data, { partials })
  },
  async nunjucks() {
    const { default: nunjucks } = await import('nunjucks')
    class Templates extends nunjucks.Loader {
      getSource(name) {
        return { src: templates[name], path: name, noCache: false }
      }
    }
    const environment = new nunjucks.Environment(new Templates(), { autoescape: true })
    return () => environment.render('page.html', data)
  },
  async minijinja() {
    const { Environment } = await import('minijinja-js')
    const environment = new Environment()
    for (const [name, source] of Object.entries(templates)) environment.addTemplate(name, source)
    return () => environment.renderTemplate('page.html', data)
  },
}
