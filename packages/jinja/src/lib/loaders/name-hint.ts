import { didYouMean } from '../did-you-mean.ts'
import type { TemplateNotFound } from '../errors.ts'
import type { Loader } from './loader.ts'

/**
 * Gives an error a hint at the name that was meant. The names are listed when the hint is read: most of these errors
 * only say that the next place is to be tried.
 */
export function withNameHint(
  error: TemplateNotFound,
  name: string,
  loader: Pick<Loader, 'list'>,
): TemplateNotFound {
  return Object.defineProperty(error, 'hint', { configurable: true, get: () => hintFor(name, loader) })
}

function hintFor(name: string, loader: Pick<Loader, 'list'>): string | null {
  try {
    const names = loader.list?.() ?? []
    return names instanceof Promise ? null : didYouMean(name, names)
  } catch {
    // The error that is being raised matters more.
    return null
  }
}
