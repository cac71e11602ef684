const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800 }

/**
 * A duration in seconds: a number of seconds, or a number with a unit as in `'31d'`, `'12h'`, `'30m'`, `'10s'`, `'2w'`,
 * `'500ms'`.
 *
 * @param name what the duration is for, for the error.
 * @throws TypeError for anything else.
 */
export function durationSeconds(duration: number | string, name: string): number {
  if (typeof duration === 'number' && Number.isFinite(duration)) return duration
  const [, digits, unit] = /^(\d{1,12})(ms|[smhdw])$/.exec(String(duration)) ?? []
  if (digits === undefined || unit === undefined) {
    throw new TypeError(
      `${name} is a number of seconds, or a number with a unit as in '31d', got ${JSON.stringify(duration)}.`,
    )
  }
  return Number(digits) * UNITS[unit]!
}
