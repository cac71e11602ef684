import { expect, it } from 'vitest'
import { EDITOR_NAMES, editorForm, editorLink } from './editor.ts'

it('S123 links open a place, and run nothing', () => {
  const open = (editor: string, url = 'file:///home/a%20b/x.ts') => editorLink(editorForm(editor), url, 3, 7)
  expect(open('vscode')).toBe('vscode://file/home/a%20b/x.ts:3:7')
  expect(open('my://open?f={path}&l={line}')).toBe('my://open?f=/home/a%20b/x.ts&l=3')
  expect(open('off')).toBeNull()
  expect(open('vscode', 'node:fs')).toBeNull()
  for (const name of EDITOR_NAMES) expect(open(name)).toContain('/home/a%20b/x.ts')
  for (const form of ['javascript:alert("{path}")', 'data:text/html,{path}', '{path}', ' x:{path}']) {
    expect(() => editorForm(form)).toThrow(/begins with the editor's scheme/)
  }
  expect(() => editorForm('notepad')).toThrow(/The editor "notepad" is not known. Expected one of vscode, /)
  expect(() => editorForm('constructor')).toThrow(/is not known/)
})
