/** `object[start:stop:step]` of a list or text, as Nunjucks has it with the additions for Jinja. */
export function sliceOf(object: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  const isText = typeof object === 'string' || object instanceof String
  const items = isText ? String(object) : Array.isArray(object) ? object : []
  const { length } = items
  const stride = step === null ? 1 : Number(step)
  if (!Number.isFinite(stride) || stride === 0)
    throw new RangeError('the step of a slice must be a number, not 0')
  const isBackward = stride < 0
  const from = bound(start, length, isBackward ? length - 1 : 0, isBackward)
  const to = bound(stop, length, isBackward ? -1 : length, isBackward)
  const picked: unknown[] = []
  for (let index = from; isBackward ? index > to : index < to; index += stride) picked.push(items[index])
  return isText ? picked.join('') : picked
}

function bound(value: unknown, length: number, fallback: number, isBackward: boolean): number {
  if (value === null) return fallback
  const index = Math.trunc(Number(value)) || 0
  const absolute = index < 0 ? index + length : index
  return isBackward ? Math.min(Math.max(absolute, -1), length - 1) : Math.min(Math.max(absolute, 0), length)
}
