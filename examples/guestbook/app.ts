import { abort, flash, html, Phial, redirect, renderTemplate, reply, session, urlFor } from 'phial'
import { csrfToken, protectFromCsrf } from 'phial/security'

interface Entry {
  readonly id: number
  readonly name: string
  readonly text: string
}

/** The longest entry, in characters. */
const LONGEST = 500

export function createApp(config: Record<string, unknown> = {}): Phial {
  const app = new Phial(import.meta, {
    config: { SECRET_KEY: process.env['SECRET_KEY'] ?? 'only good enough for trying it', ...config },
  })
  protectFromCsrf(app)
  app.templateGlobal('csrf_token', csrfToken)

  const entries: Entry[] = []

  app.get('/', { endpoint: 'index' }, () =>
    renderTemplate('entries.html', {
      entries: entries.toReversed(),
      name: session.get('name', ''),
      longest: LONGEST,
    }),
  )

  app.post('/', { endpoint: 'sign' }, async (_params, { request }) => {
    const form = await request.form()
    const name = form.require('name').trim()
    const text = form.require('text').trim()
    session['name'] = name
    if (name === '' || text === '') flash('Give a name and some text.', 'error')
    else if (text.length > LONGEST) flash(`At most ${LONGEST} characters.`, 'error')
    else {
      entries.push({ id: entries.length + 1, name, text })
      flash(html`Thank you, <b>${name}</b>.`, 'success')
    }
    return redirect(urlFor('index'), 303)
  })

  app.get('/entries/<int:id>', { endpoint: 'entry' }, ({ id }) =>
    renderTemplate('entry.html', { entry: entries.find((entry) => entry.id === id) ?? abort(404) }),
  )

  app.errorHandler(404, () => reply(renderTemplate('missing.html'), 404))

  return app
}

export default createApp()
