import type { EnvironmentView } from '../runtime-interface.ts'
import type { FieldLookup } from './brace-format.ts'
import { AttributeError, IndexError, KeyError } from './python-errors.ts'
import { repr } from './python-text.ts'
import { typeName } from './type-name.ts'
import { isUndefined } from './undefined.ts'

/**
 * Looks up the fields of format strings by the rules of the environment. A missing member is an error, as in Python;
 * in a sandbox it is an undefined value, which raises if it was refused.
 */
export function guardedFields(environment: EnvironmentView): FieldLookup {
  return {
    getAttribute: (value, name) => {
      const member = environment.getattr(value, name)
      if (isUndefined(member) && !environment.sandboxed) {
        throw new AttributeError(`'${typeName(value)}' object has no attribute ${repr(name)}`)
      }
      return member
    },
    getItem: (value, key) => {
      const item = environment.getitem(value, key)
      if (isUndefined(item) && !environment.sandboxed) {
        throw Array.isArray(value) ? new IndexError('list index out of range') : new KeyError(repr(key))
      }
      return item
    },
  }
}
