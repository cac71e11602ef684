import { andThen } from '../and-then.ts'
import type { SchemaIssue, SchemaResult, StandardSchema } from './standard-schema.ts'

type Validate = StandardSchema['~standard']['validate']
type Result = SchemaResult<unknown>

/**
 * Checks the fields of a query or a form. A field that comes once is a text, one that comes several times is a list; so
 * where a schema wants a list, whether it gets one would depend on how many boxes were ticked. What a schema refuses as a
 * text is therefore tried as a list of it. No schema can be asked what it wants.
 */
export function validateFields(
  fields: Readonly<Record<string, unknown>>,
  validate: Validate,
): Result | Promise<Result> {
  return andThen(validate(fields), (first) => {
    const single = namesOf(first).filter(
      (name) => Object.hasOwn(fields, name) && !Array.isArray(fields[name]),
    )
    if (single.length === 0) return first
    return andThen(validate(withLists(fields, single)), (second) => {
      const refused = new Set(namesOf(second))
      const lists = single.filter((name) => !refused.has(name))
      if (lists.length === 0) return first
      return lists.length === single.length ? second : validate(withLists(fields, lists))
    })
  })
}

/** The fields that a schema refuses as a whole; what is wrong inside of a list does not count. */
function namesOf(result: Result): string[] {
  const paths = (result.issues ?? []).map(({ path = [] }: SchemaIssue) => path)
  return paths.flatMap((path) => {
    const [step] = path
    return path.length !== 1 || step === undefined ? [] : [String(typeof step === 'object' ? step.key : step)]
  })
}

function withLists(fields: Readonly<Record<string, unknown>>, names: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, names.includes(name) ? [value] : value]),
  )
}
