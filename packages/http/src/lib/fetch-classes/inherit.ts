export type FetchClass = 'Headers' | 'Request' | 'Response'

/** Makes what has a prototype an instance of a class of Fetch, so that code written for Fetch takes it. */
export function inherit(prototype: object, name: FetchClass): void {
  Object.setPrototypeOf(prototype, globalThis[name].prototype)
}
