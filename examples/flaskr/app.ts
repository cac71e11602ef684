import { Phial, type PhialConfig } from 'phial'
import { protectFromCsrf } from 'phial/security'
import { auth } from './auth.ts'
import { blog } from './blog.ts'
import { addDatabase } from './db.ts'

/** Makes the application. `config` goes before the environment, and the environment before what stands here. */
export function createApp(config: Partial<PhialConfig> = {}): Phial {
  const app = new Phial(import.meta, { config: { SECRET_KEY: 'dev', SESSION_COOKIE_SAMESITE: 'Lax' } })
  app.config.DATABASE = `${app.instancePath}/flaskr.sqlite`
  app.config.fromPrefixedEnv('FLASKR')
  app.config.update(config)

  app.get('/hello', () => 'Hello, World!')

  addDatabase(app)
  protectFromCsrf(app)
  app.registerBlueprint(auth)
  app.registerBlueprint(blog)
  app.addUrlRule('/', { endpoint: 'index', buildOnly: true })

  return app
}
