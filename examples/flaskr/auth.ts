import { checkPasswordHash, generatePasswordHash } from '@phial/http/password-hash-node'
import { abort, Blueprint, flash, g, redirect, renderTemplate, urlFor } from 'phial'
import { getDb } from './db.ts'

export interface User {
  readonly id: number
  readonly username: string
  readonly password: string
}

declare module 'phial' {
  interface SessionData {
    userId?: number
  }
  interface AppGlobals {
    user?: User | null
  }
}

export const auth = new Blueprint('auth', import.meta, { urlPrefix: '/auth' })

auth.beforeAppRequest(({ session }) => {
  g.user = session.userId === undefined ? null : findUser('id', session.userId)
})

/** The user of the request. Visitors are sent to the login page. */
export function user(): User {
  return g.user ?? abort(redirect(urlFor('auth.login')))
}

auth.get('/register', function register() {
  return renderTemplate('auth/register.html')
})

auth.post('/register', async (_params, { request }) => {
  const form = await request.form()
  const username = form.require('username').trim()
  const password = form.require('password')
  if (username === '') flash('Username is required.')
  else if (password === '') flash('Password is required.')
  else if (password.length > 256) flash('Password is too long.')
  else if (!(await addUser(username, password))) flash(`User ${username} is already registered.`)
  else return redirect(urlFor('auth.login'))
  return renderTemplate('auth/register.html', { username })
})

auth.get('/login', function login() {
  return renderTemplate('auth/login.html')
})

auth.post('/login', async (_params, { request, session }) => {
  const form = await request.form()
  const username = form.require('username').trim()
  const password = form.require('password')
  const user = findUser('username', username)
  if (user === null) flash('Incorrect username.')
  else if (!(await checkPasswordHash(user.password, password))) flash('Incorrect password.')
  else {
    session.clear()
    session.userId = user.id
    session.regenerate()
    return redirect(urlFor('index'))
  }
  return renderTemplate('auth/login.html', { username })
})

auth.post('/logout', function logout(_params, { session }) {
  session.clear()
  return redirect(urlFor('index'))
})

function findUser(column: 'id' | 'username', value: number | string): User | null {
  return getDb().get(`SELECT * FROM user WHERE ${column} = ?`, value) as User | null
}

/** Whether the user was added: names are taken once. */
async function addUser(username: string, password: string): Promise<boolean> {
  const values = [username, await generatePasswordHash(password)]
  const sql = 'INSERT INTO user (username, password) VALUES (?, ?) ON CONFLICT DO NOTHING'
  return getDb().run(sql, values).changes === 1
}
