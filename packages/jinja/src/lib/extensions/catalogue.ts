import { equals } from '../values/compare.ts'
import type { GettextCallables } from './gettext.ts'

/** The forms of a message for numbers: in the order of a gettext catalogue, or by the categories of `Intl.PluralRules`. */
export type PluralForms = readonly string[] | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>

/** What stands between a context and a message in a key: as in the files of gettext. */
const CONTEXT_END = '\u0004'

const CATEGORIES: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other']
/** All categories that matter for whole numbers turn up below this one. */
const SAMPLES = 200

/**
 * The translations into one language. What it does not have is given back as it is.
 *
 * @example
 * const german = new Catalogue('de', { Hello: 'Hallo', '%(num)s apple': ['%(num)s Apfel', '%(num)s Äpfel'] })
 * installGettextTranslations(environment, german, { newstyle: true })
 */
export class Catalogue implements GettextCallables {
  readonly #messages: ReadonlyMap<string, string | PluralForms>
  readonly #rules: Intl.PluralRules
  /** The category of each form of an array. */
  readonly #order: readonly Intl.LDMLPluralRule[]

  /**
   * @param locale The language, as a BCP 47 tag. It decides which form goes with a number.
   * @param messages Translations by message, or by context, U+0004 and message. Those with a plural are found by their
   * singular. An empty text counts as missing, as in gettext.
   * @throws {RangeError} for a locale that is none.
   */
  constructor(locale: string, messages: Readonly<Record<string, string | PluralForms>>) {
    this.#messages = new Map(Object.entries(messages))
    this.#rules = new Intl.PluralRules(locale)
    const used = new Set(Array.from({ length: SAMPLES }, (_, n) => this.#rules.select(n)))
    this.#order = CATEGORIES.filter((category) => used.has(category))
  }

  gettext(message: string): string {
    return this.#find(message) ?? message
  }

  ngettext(singular: string, plural: string, n: unknown): string {
    return this.#findForm(singular, n) ?? (equals(n, 1) ? singular : plural)
  }

  pgettext(context: string, message: string): string {
    return this.#find(context + CONTEXT_END + message) ?? message
  }

  npgettext(context: string, singular: string, plural: string, n: unknown): string {
    return this.#findForm(context + CONTEXT_END + singular, n) ?? (equals(n, 1) ? singular : plural)
  }

  #find(key: string): string | undefined {
    const found = this.#messages.get(key)
    if (found === undefined || typeof found === 'string') return found || undefined
    return (Array.isArray(found) ? found[0] : Object.values(found)[0]) || undefined
  }

  #findForm(key: string, n: unknown): string | undefined {
    const found = this.#messages.get(key)
    if (found === undefined || typeof found === 'string') return found || undefined
    const category = this.#rules.select(Number(n))
    return (Array.isArray(found) ? this.#formOf(found, category) : formIn(found, category)) || undefined
  }

  /** A category that no small number has, such as the millions of French, goes with the last form. */
  #formOf(forms: readonly string[], category: Intl.LDMLPluralRule): string | undefined {
    const index = this.#order.indexOf(category)
    return forms[index < 0 || index >= forms.length ? forms.length - 1 : index]
  }
}

function formIn(forms: PluralForms, category: Intl.LDMLPluralRule): string | undefined {
  const byCategory = forms as Readonly<Partial<Record<string, string>>>
  return byCategory[category] ?? byCategory['other']
}
