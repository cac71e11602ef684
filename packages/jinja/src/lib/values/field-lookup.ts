import type { EnvironmentView } from '../runtime-interface.ts'
import type { FieldLookup } from './brace-format.ts'
import { isMapping } from './mapping.ts'
import { AttributeError, IndexError, KeyError } from './python-errors.ts'
import { repr } from './python-text.ts'
import { isText } from './text-value.ts'
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
        throw missingItem(value, key)
      }
      return item
    },
  }
}

function missingItem(value: unknown, key: string | number): Error {
  if (isMapping(value)) return new KeyError(repr(key))
  const name = typeName(value)
  if (isText(value)) {
    return typeof key === 'number'
      ? new IndexError('string index out of range')
      : new TypeError("string indices must be integers, not 'str'")
  }
  if (!Array.isArray(value)) return new TypeError(`'${name}' object is not subscriptable`)
  return typeof key === 'number'
    ? new IndexError(`${name} index out of range`)
    : new TypeError(`${name} indices must be integers or slices, not str`)
}
