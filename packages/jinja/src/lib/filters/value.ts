import type { EnvironmentView } from '../runtime-interface.ts'
import { Dict } from '../values/dict.ts'
import { readAttribute } from '../values/lookup.ts'
import { isMapping, mappingHas } from '../values/mapping.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { isUndefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { alias, define } from './define.ts'

const fallback = define(
  'do_default(value, default_value?, boolean?)',
  (value: unknown, other: unknown = '', boolean: unknown = false) =>
    isUndefined(value) || (boolean !== false && isTrue(boolean) && !isTrue(value)) ? other : value,
)

/** Filters for values of all kinds. */
export const valueFilters: readonly Row[] = [
  fallback,
  alias('d', fallback),
  define('do_attr(obj, name)', attribute, 'environment'),
]

/** The attribute only, never the item of that name. Guarded by the environment as `object.name` is. */
function attribute(environment: EnvironmentView, object: unknown, key: unknown): unknown {
  const name = plainTextOf(key)
  if (name === undefined) throw new TypeError(`attribute name must be string, not '${typeName(key)}'`)
  const value = readAttribute(object, name)
  if (value === undefined) return environment.makeUndefined(null, object, name)
  if (!isMapping(object) || !mappingHas(object, name)) return environment.getattr(object, name)
  // An item hides the method of that name. Whether the method is allowed can be asked of any dict.
  const allowed = environment.getattr(new Dict(), name)
  return isUndefined(allowed) ? allowed : value
}
