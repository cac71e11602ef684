/** Lets `console.log` of Node, Bun and Deno show the objects of a class by their `toString`. */
export function inspectAsText(shown: abstract new (...args: never[]) => object): void {
  Object.defineProperty(shown.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: object): string {
      return String(this)
    },
    configurable: true,
    writable: true,
  })
}
