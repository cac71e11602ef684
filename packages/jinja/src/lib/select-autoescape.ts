/** Whether a template escapes what it prints, by its name; `null` for templates made of a string. */
export type AutoescapeFunction = (name: string | null) => boolean

/** Which templates escape what they print. */
export interface SelectAutoescapeOptions {
  /** Endings of names whose templates escape, without the dot. Default: `html`, `htm`, `xml`. */
  readonly enabledExtensions?: readonly string[]
  /** Endings of names whose templates do not. Default: none. */
  readonly disabledExtensions?: readonly string[]
  /** Whether templates made of a string escape. Default: true. */
  readonly defaultForString?: boolean
  /** Whether all others do. Default: false. */
  readonly default?: boolean
}

/**
 * Decides by the ending of a template's name whether it escapes what it prints.
 *
 * ```ts
 * new Environment({ autoescape: selectAutoescape({ enabledExtensions: ['html', 'svg'] }) })
 * ```
 */
export function selectAutoescape(options: SelectAutoescapeOptions = {}): AutoescapeFunction {
  const enabled = endings(options.enabledExtensions ?? ['html', 'htm', 'xml'])
  const disabled = endings(options.disabledExtensions ?? [])
  return (name) => {
    if (name === null) return options.defaultForString ?? true
    const lower = name.toLowerCase()
    if (enabled.some((ending) => lower.endsWith(ending))) return true
    if (disabled.some((ending) => lower.endsWith(ending))) return false
    return options.default ?? false
  }
}

function endings(extensions: readonly string[]): string[] {
  return extensions.map((extension) => `.${extension.replace(/^\.+/, '').toLowerCase()}`)
}
