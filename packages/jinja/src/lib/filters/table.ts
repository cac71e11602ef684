import type { EnvironmentView, TemplateFunction } from '../runtime-interface.ts'
import { Dict } from '../values/dict.ts'
import { readAttribute } from '../values/lookup.ts'
import { isMapping, mappingHas } from '../values/mapping.ts'
import { plainTextOf } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { typeName } from '../values/type-name.ts'
import { isUndefined } from '../values/undefined.ts'
import type { Row } from './define.ts'
import { alias, define } from './define.ts'
import { eachFilters } from './each.ts'
import { htmlFilters } from './html.ts'
import { toJson } from './json.ts'
import { numberFilters } from './number.ts'
import { orderFilters } from './order.ts'
import { pretty } from './pretty.ts'
import { sequenceFilters } from './sequence.ts'
import { textFilters } from './text.ts'
import { urlEncode } from './url.ts'
import { urlize } from './urlize.ts'

const fallback = define(
  'default',
  'do_default(value, default_value?, boolean?)',
  (value: unknown, other: unknown = '', boolean: unknown = false) =>
    isUndefined(value) || (boolean !== false && isTrue(boolean) && !isTrue(value)) ? other : value,
)

/** The filters of Jinja, by their names in templates. */
export const builtInFilters: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...textFilters,
  ...htmlFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...orderFilters,
  ...eachFilters,
  fallback,
  alias('d', fallback),
  define('attr', 'do_attr(obj, name)', attribute, 'environment'),
  define('pprint', 'do_pprint(value)', pretty),
  define('tojson', 'do_tojson(value, indent?)', toJson, 'evalContext'),
  define('urlencode', 'do_urlencode(value)', urlEncode),
  define(
    'urlize',
    'do_urlize(value, trim_url_limit?, nofollow?, target?, rel?, extra_schemes?)',
    urlize,
    'evalContext',
  ),
] satisfies Row[])

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
