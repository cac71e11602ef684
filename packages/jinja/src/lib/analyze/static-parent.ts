import type { Template } from '../syntax/ast.ts'

/** The name of the template that a template always extends; `null` if there is none, or only the run can tell. */
export function staticParent({ body }: Template): string | null {
  const node = body.find(({ kind }) => kind === 'Extends')
  if (node?.kind !== 'Extends' || node.template.kind !== 'Const') return null
  const { value } = node.template
  return typeof value === 'string' ? value : null
}
