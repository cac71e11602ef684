// The page of an error: choosing frames, consoles, values that open. Everything can be read without it.
;(() => {
  const $ = (selector, from = document) => from.querySelector(selector)
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)]
  const data = JSON.parse($('#data').textContent)
  document.documentElement.classList.add('script')

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  // ---- Frames ----

  const links = $$('.frames a')
  const allFrames = $('#all-frames')
  const frameOf = (link) => $(link.hash)
  const current = () => links.find((link) => link.hasAttribute('aria-current'))
  const isShown = (link) => link.closest('details')?.open !== false

  function choose(link, scroll = true) {
    const before = current()
    if (link === undefined || link === before) return
    before?.removeAttribute('aria-current')
    $('.frame.current')?.classList.remove('current')
    link.setAttribute('aria-current', 'true')
    const folded = link.closest('details')
    if (folded !== null) folded.open = true
    frameOf(link).classList.add('current')
    if (scroll) link.scrollIntoView({ block: 'nearest' })
  }

  function step(by) {
    const shown = links.filter(isShown)
    const next = shown[shown.indexOf(current()) + by]
    if (next === undefined) return
    choose(next)
    history.replaceState(null, '', next.hash)
  }

  function foldLibraries(open) {
    for (const details of $$('.frames details')) details.open = open
    allFrames.checked = open
  }

  const chooseByHash = () => choose(links.find(({ hash }) => hash === location.hash))
  addEventListener('hashchange', chooseByHash)
  // Links in the page show a frame without moving the page to it.
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#f"]')
    if (link === null || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    choose(links.find(({ hash }) => hash === link.hash))
    history.replaceState(null, '', link.hash)
  })
  allFrames.addEventListener('change', () => foldLibraries(allFrames.checked))
  chooseByHash()
  if (current() === undefined) {
    choose(links.find((link) => link.matches('.application, .template')) ?? links[0], false)
  }

  // ---- Calls ----

  let restarted = false

  function tellRestart(text) {
    if (restarted) return
    restarted = true
    const again = element('a', { href: location.href, textContent: 'Load the page again' })
    document.body.prepend(element('p', { className: 'restarted', role: 'alert' }, `${text} `, again, '.'))
  }

  async function call(command, parameters) {
    let response
    try {
      response = await fetch(`${data.path}/`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Debugger-Secret': data.secret },
        body: JSON.stringify({ command, traceback: data.id, ...parameters }),
      })
    } catch {
      tellRestart('The server does not answer.')
      return { status: 0, error: 'The server does not answer.' }
    }
    const answer = await response.json().catch(() => ({ error: `The server answered ${response.status}.` }))
    if (answer.gone) tellRestart('The server has started again or dropped this error: its frames are gone.')
    return { status: response.status, ...answer }
  }

  // ---- Values ----

  /** A value that opens. `root` says how its children are asked for. */
  function treeOf(tree, root, path, name) {
    const value = element('code', { className: `value ${tree.type}`, textContent: tree.text })
    const holder = element('span', { className: 'tree' })
    if (name !== undefined) holder.append(element('span', { className: 'name', textContent: `${name}: ` }))
    holder.append(value)
    if (tree.size > 0) makeOpen(holder, root, path)
    return holder
  }

  function makeOpen(holder, root, path) {
    const button = element('button', { type: 'button', textContent: '▸', title: 'Open' })
    button.setAttribute('aria-expanded', 'false')
    let list = null
    button.addEventListener('click', async () => {
      const isOpen = button.getAttribute('aria-expanded') === 'true'
      button.setAttribute('aria-expanded', String(!isOpen))
      button.textContent = isOpen ? '▸' : '▾'
      if (list === null) {
        const answer = await call('children', { ...root, path })
        list = element('ul')
        for (const [index, { key, value }] of (answer.children ?? []).entries()) {
          list.append(element('li', {}, treeOf(value, root, [...path, index], key)))
        }
        if (answer.error) list.append(element('li', { textContent: answer.error }))
        holder.append(list)
      }
      list.hidden = isOpen
    })
    holder.prepend(button)
  }

  if (data.secret !== null) {
    for (const holder of $$('.tree[data-variable]')) {
      const frame = Number(holder.closest('.frame').dataset.frame)
      makeOpen(holder, { frame, variable: holder.dataset.variable }, [])
    }
  }

  // ---- Consoles ----

  function openConsole(box) {
    const frame = Number(box.closest('.frame').dataset.frame)
    const log = $('.log', box)
    const input = $('textarea', box)
    const typed = []
    let at = 0
    box.hidden = false

    const write = (className, ...content) => {
      log.append(element('div', { className }, ...content))
      log.scrollTop = log.scrollHeight
    }
    const fit = () => {
      input.rows = input.value.split('\n').length
    }

    async function evaluate(code) {
      const answer = await call('evaluate', { frame, code })
      if (answer.status === 401) {
        const isIn = await askPin(box)
        if (isIn) await evaluate(code)
        return
      }
      for (const line of answer.output ?? []) write('written', line)
      if (answer.value) write('', treeOf(answer.value, { frame, result: answer.result }, []))
      if (answer.error) write('failed', answer.error)
      for (const { name, value } of answer.changes ?? []) {
        write('changed', `${name} is now ${value.text}`)
        showChange(box, name, value)
      }
    }

    async function complete() {
      const before = input.value.slice(0, input.selectionStart)
      const answer = await call('complete', { frame, code: before })
      if (answer.status === 401) {
        await askPin(box)
        return
      }
      const names = answer.names ?? []
      const start = /[\w$\u00a0-\uffff]*$/.exec(before)[0]
      if (names.length === 0) return
      let shared = names[0]
      for (const name of names) while (!name.startsWith(shared)) shared = shared.slice(0, -1)
      if (shared.length > start.length) {
        input.setRangeText(shared.slice(start.length), input.selectionStart, input.selectionEnd, 'end')
      }
      $('.choices', box)?.remove()
      if (names.length > 1)
        box.append(element('div', { className: 'choices', textContent: names.join('  ') }))
    }

    input.addEventListener('input', () => {
      fit()
      $('.choices', box)?.remove()
    })
    input.addEventListener('keydown', (event) => {
      const { key } = event
      const isFirstLine = !input.value.slice(0, input.selectionStart).includes('\n')
      const isLastLine = !input.value.slice(input.selectionEnd).includes('\n')
      if (key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        const code = input.value
        if (code.trim() === '') return
        input.value = ''
        fit()
        $('.choices', box)?.remove()
        if (typed.at(-1) !== code) typed.push(code)
        at = typed.length
        write('typed', code)
        evaluate(code)
      } else if ((key === 'ArrowUp' && isFirstLine) || (key === 'ArrowDown' && isLastLine)) {
        const next = at + (key === 'ArrowUp' ? -1 : 1)
        if (next < 0 || next > typed.length) return
        event.preventDefault()
        at = next
        input.value = typed[at] ?? ''
        fit()
      } else if (key === 'Tab' && !event.shiftKey && input.value.trim() !== '') {
        event.preventDefault()
        complete()
      } else if (key === 'Escape') {
        input.blur()
      } else if (key === 'l' && event.ctrlKey) {
        event.preventDefault()
        log.replaceChildren()
      }
    })
    box.addEventListener('click', (event) => {
      if (event.target === box) input.focus()
    })
  }

  /** The table shows what a variable is now. */
  function showChange(box, name, tree) {
    const frame = box.closest('.frame')
    for (const row of $$('.variables tr', frame)) {
      if ($('th', row).textContent !== name || row.children.length < 2) continue
      const root = { frame: Number(frame.dataset.frame), variable: name }
      row.children[1].replaceChildren(treeOf(tree, root, []))
      return
    }
  }

  /** Asks for the PIN below a console. Resolves to whether it was right. */
  function askPin(box) {
    $('.pin', box)?.remove()
    return new Promise((resolve) => {
      const field = element('input', {
        type: 'text',
        inputMode: 'numeric',
        autocomplete: 'off',
        placeholder: '123-456-789',
      })
      field.setAttribute('aria-label', 'PIN')
      const message = element('p', {
        textContent: 'Consoles are locked. The PIN was printed where the server was started.',
      })
      const form = element(
        'form',
        { className: 'pin' },
        message,
        field,
        element('button', { textContent: 'Unlock' }),
      )
      form.addEventListener('submit', async (event) => {
        event.preventDefault()
        const answer = await call('pin', { pin: field.value })
        if (answer.status === 200) {
          form.remove()
          $('textarea', box).focus()
          resolve(true)
        } else {
          message.textContent = answer.error
          field.select()
        }
      })
      form.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return
        form.remove()
        resolve(false)
      })
      box.insertBefore(form, $('.input', box))
      field.focus()
    })
  }

  if (data.secret !== null) for (const box of $$('.console')) openConsole(box)

  // ---- Copying, help, keys ----

  async function copy(id, button) {
    const text = $(`#${id}`).content.textContent
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // Pages without a secure origin have no clipboard.
      const area = element('textarea', { value: text })
      document.body.append(area)
      area.select()
      document.execCommand('copy')
      area.remove()
    }
    if (button === null) return
    const before = button.textContent
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = before
    }, 1200)
  }

  const copyButton = (id) => $(`[data-copy="${id}"]`)
  for (const button of $$('[data-copy]'))
    button.addEventListener('click', () => copy(button.dataset.copy, button))
  const help = $('#help')
  $('[data-help]').addEventListener('click', () => help.showModal())

  const focusConsole = () => $('.frame.current textarea')?.focus()
  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    j: () => step(1),
    k: () => step(-1),
    '/': focusConsole,
    Enter: focusConsole,
    a: () => foldLibraries(!allFrames.checked),
    e: () => $('.frame.current a.place')?.click(),
    c: () => copy('as-text', copyButton('as-text')),
    m: () => copy('as-markdown', copyButton('as-markdown')),
    s: () => $('.actions a[target]')?.click(),
    '?': () => help.showModal(),
  }
  document.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return
    if (target.matches('input, textarea, select')) return
    if (key === 'Enter' && target.matches('a, button, summary')) return
    // Arrows scroll what has the focus.
    if (key.startsWith('Arrow') && target.matches('pre')) return
    if (!Object.hasOwn(keys, key)) return
    event.preventDefault()
    keys[key]()
  })
})()
