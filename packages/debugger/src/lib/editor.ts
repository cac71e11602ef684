/** How editors are asked to open a place: `{path}` is percent-encoded, `{line}` and `{column}` count from 1. */
const EDITORS: Readonly<Record<string, string>> = {
  vscode: 'vscode://file{path}:{line}:{column}',
  'vscode-insiders': 'vscode-insiders://file{path}:{line}:{column}',
  vscodium: 'vscodium://file{path}:{line}:{column}',
  cursor: 'cursor://file{path}:{line}:{column}',
  windsurf: 'windsurf://file{path}:{line}:{column}',
  zed: 'zed://file{path}:{line}:{column}',
  webstorm: 'webstorm://open?file={path}&line={line}&column={column}',
  idea: 'idea://open?file={path}&line={line}&column={column}',
  sublime: 'subl://open?url=file://{path}&line={line}&column={column}',
  textmate: 'txmt://open?url=file://{path}&line={line}&column={column}',
  emacs: 'emacs://open?url=file://{path}&line={line}&column={column}',
  macvim: 'mvim://open?url=file://{path}&line={line}&column={column}',
}

/** The editors that have a name. */
export const EDITOR_NAMES: readonly string[] = Object.keys(EDITORS)

/**
 * The form of links that open a place in an editor.
 *
 * @param editor a name, a form of your own with `{path}`, `{line}` and `{column}`, or `off`. Default `vscode`.
 * @returns null for `off`.
 * @throws RangeError for a name that is not known, and for forms that would run script.
 */
export function editorForm(editor: string = 'vscode'): string | null {
  if (editor === 'off' || editor === '') return null
  if (!editor.includes('{path}')) {
    const known = Object.hasOwn(EDITORS, editor) ? EDITORS[editor] : undefined
    if (known !== undefined) return known
    throw new RangeError(
      `The editor ${JSON.stringify(editor)} is not known. Expected one of ${EDITOR_NAMES.join(', ')}, "off", ` +
        'or a form such as "my-editor://open?file={path}&line={line}".',
    )
  }
  if (!/^[a-z][a-z\d+.-]*:/i.test(editor) || /^(?:javascript|data|vbscript|blob):/i.test(editor)) {
    throw new RangeError(
      `The form of links to an editor begins with the editor's scheme, got ${JSON.stringify(editor)}.`,
    )
  }
  return editor
}

/** The link that opens a place, or null for what is no file. */
export function editorLink(
  form: string | null,
  url: string | null,
  line: number,
  column: number,
): string | null {
  if (form === null || url === null || !url.startsWith('file://')) return null
  const path = url.slice('file://'.length)
  return form
    .replaceAll('{path}', path)
    .replaceAll('{line}', String(line))
    .replaceAll('{column}', String(column))
}
