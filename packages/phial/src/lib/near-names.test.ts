import { expect, it } from 'vitest'
import { nearNames } from './near-names.ts'

it.each<[wanted: string, names: string[], near: string[]]>([
  ['index.html', ['blog/index.html', 'indes.html', 'about.html'], ['blog/index.html', 'indes.html']],
  [
    'blog/post.html',
    ['blog/posts.html', 'blog/psot.html', 'blog/archive.html'],
    ['blog/posts.html', 'blog/psot.html'],
  ],
  ['a.html', ['b.html', 'ab.html', 'abcd.html'], ['b.html', 'ab.html']],
  [
    'administration/settings/users.html',
    ['administraton/setings/user.htm', 'administration/index.html'],
    ['administraton/setings/user.htm'],
  ],
  ['x.html', [], []],
  ['x'.repeat(201), ['x'.repeat(201)], []],
])('of %s among %j', (wanted, names, near) => {
  expect(nearNames(wanted, names)).toEqual(near)
})
