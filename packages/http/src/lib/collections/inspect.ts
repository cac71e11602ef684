/** The method by which `console.log` of Node, Bun and Deno shows an object. */
export const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never
