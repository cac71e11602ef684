import * as templating from '../../templating.ts'

/** The parts that render templates. Here they are loaded with the application, as nothing can load them later. */
export function loadTemplating(): typeof templating {
  return templating
}
