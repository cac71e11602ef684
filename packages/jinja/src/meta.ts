export type { UsedName } from './lib/analyze/references.ts'
export {
  findFilters,
  findReferencedTemplates,
  findTests,
  findUndeclaredVariables,
} from './lib/analyze/references.ts'
export type { KnownNames, TemplateWarning } from './lib/analyze/warnings.ts'
export { findWarnings } from './lib/analyze/warnings.ts'
