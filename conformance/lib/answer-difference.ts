import { differenceOfHeaders } from './compare-headers.ts'
import { matchesTemplate, type PlaceholderValues } from './placeholders.ts'
import type { Answer, RecordedAnswer } from './transcript.ts'

/** Headers that servers add. */
const SERVER_HEADERS: ReadonlySet<string> = new Set(['date', 'server'])
const HOP_BY_HOP_HEADERS: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding'])

/** How an answer is compared. */
export interface AnswerComparison extends PlaceholderValues {
  readonly isHead: boolean
  /** Whether it came over a connection, which has headers of its own. */
  readonly isWire: boolean
}

/** Where an answer differs from the recorded one, or null. */
export function answerDifference(
  expected: RecordedAnswer,
  answer: Answer,
  comparison: AnswerComparison,
): string | null {
  if (expected.status !== answer.status) return `status: expected ${expected.status}, got ${answer.status}`
  const isDynamic = expected.body_dynamic !== undefined
  const length = String(answer.body.length)
  const difference = differenceOfHeaders(
    comparableHeaders(expected.headers, comparison.isWire),
    comparableHeaders(answer.headers, comparison.isWire),
    'headers',
    (want, got, name) =>
      isDynamic && name === 'content-length' && !comparison.isHead
        ? got === length
        : matchesTemplate(want, got, comparison),
  )
  return difference ?? bodyDifference(expected, answer, comparison)
}

/** The headers that an application is answerable for. */
export function comparableHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  isWire: boolean,
): (readonly [name: string, value: string])[] {
  return headers.filter(([name]) => {
    const key = name.toLowerCase()
    return !SERVER_HEADERS.has(key) && !(isWire && HOP_BY_HOP_HEADERS.has(key))
  })
}

function bodyDifference(
  expected: RecordedAnswer,
  answer: Answer,
  comparison: AnswerComparison,
): string | null {
  const want = comparison.isHead ? Buffer.alloc(0) : bodyOf(expected)
  const got = Buffer.from(answer.body)
  if (want.equals(got)) return null
  if (expected.body_dynamic !== undefined && matchesTemplate(want.toString(), got.toString(), comparison))
    return null
  let at = 0
  while (at < want.length && want[at] === got[at]) at++
  const excerpt = (bytes: Buffer): string =>
    JSON.stringify(bytes.toString('utf8', Math.max(0, at - 20), at + 60))
  return `body: differs at byte ${at} of ${want.length}: expected …${excerpt(want)}, got …${excerpt(got)}`
}

function bodyOf({ body, body_text = '' }: RecordedAnswer): Buffer {
  return body === undefined ? Buffer.from(body_text, 'utf8') : Buffer.from(body, 'base64')
}
