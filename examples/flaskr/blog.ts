import { abort, Blueprint, flash, redirect, renderTemplate, urlFor } from 'phial'
import { type User, user } from './auth.ts'
import { getDb } from './db.ts'

export interface Post {
  readonly id: number
  readonly title: string
  readonly body: string
  /** In UTC, as in `2018-01-01 00:00:00`. */
  readonly created: string
  readonly author_id: number
  readonly username: string
}

const POSTS = `SELECT post.id, title, body, created, author_id, username
  FROM post JOIN user ON user.id = author_id`

export const blog = new Blueprint('blog', import.meta)

blog.get('/', function index() {
  const posts = getDb().all(`${POSTS} ORDER BY created DESC, post.id DESC`)
  return renderTemplate('blog/index.html', { posts })
})

blog.get('/create', { provide: { user } }, function create() {
  return renderTemplate('blog/create.html')
})

blog.post('/create', { provide: { user } }, async (_params, { request, user }) => {
  const form = await request.form()
  const title = form.require('title').trim()
  const body = form.require('body')
  if (title === '') {
    flash('Title is required.')
    return renderTemplate('blog/create.html', { title, body })
  }
  getDb().run('INSERT INTO post (title, body, author_id) VALUES (?, ?, ?)', [title, body, user.id])
  return redirect(urlFor('blog.index'))
})

blog.get('/<int:id>/update', { provide: { user } }, function update({ id }, { user }) {
  return renderTemplate('blog/update.html', { ...ownPost(id, user) })
})

blog.post('/<int:id>/update', { provide: { user } }, async ({ id }, { request, user }) => {
  ownPost(id, user)
  const form = await request.form()
  const title = form.require('title').trim()
  const body = form.require('body')
  if (title === '') {
    flash('Title is required.')
    return renderTemplate('blog/update.html', { id, title, body })
  }
  getDb().run('UPDATE post SET title = ?, body = ? WHERE id = ?', [title, body, id])
  return redirect(urlFor('blog.index'))
})

blog.post('/<int:id>/delete', { endpoint: 'delete', provide: { user } }, ({ id }, { user }) => {
  ownPost(id, user)
  getDb().run('DELETE FROM post WHERE id = ?', id)
  return redirect(urlFor('blog.index'))
})

/** The post, if there is one and the user wrote it. */
function ownPost(id: number, user: User): Post {
  const post = getDb().get(`${POSTS} WHERE post.id = ?`, id) as Post | null
  if (post === null) abort(404, `There is no post ${id}.`)
  if (post.author_id !== user.id) abort(403)
  return post
}
