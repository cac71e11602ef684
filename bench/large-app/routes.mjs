// Twelve areas with twenty-five routes each: lists, details, edits, nested things and the rest of a path.
export const AREAS = 12
export const ROUTES = 25

/** A route of an area: its rule as Phial writes it, and as the peers do. */
export function routeOf(index) {
  const [phial, peer] = [
    ['', ''],
    ['/<int:id>', '/:id'],
    ['/<slug>/edit', '/:slug/edit'],
    ['/<int:id>/<name>', '/:id/:name'],
    ['/by/<key>/all', '/by/:key/all'],
  ][index % 5]
  return { phial: `/thing${index}${phial}`, peer: `/thing${index}${peer}` }
}

/** What is asked, and the answer of every server. */
export const PATH = '/area7/thing13/5/ann'
export const ANSWER = 'area7 thing13 5 ann'
