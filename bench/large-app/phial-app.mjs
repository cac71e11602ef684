import { Blueprint, Phial } from 'phial'
import { AREAS, ROUTES, routeOf } from './routes.mjs'

/** The application with all areas and routes, or with those that `isWanted`. */
export function makeApp(isWanted = () => true) {
  const app = new Phial('large', { staticFolder: null })
  app.get('/', () => 'Hello, World!')
  for (let area = 0; area < AREAS; area++) {
    const blueprint = new Blueprint(`area${area}`, null, { urlPrefix: `/area${area}` })
    blueprint.beforeRequest(({ g }) => {
      g.area = area
    })
    for (let index = 0; index < ROUTES; index++) {
      if (!isWanted(area, index)) continue
      blueprint.get(
        routeOf(index).phial,
        { endpoint: `thing${index}` },
        (params) => `area${area} thing${index} ${Object.values(params).sort().join(' ')}`,
      )
    }
    app.registerBlueprint(blueprint)
  }
  return app
}
