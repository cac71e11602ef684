import { proxyFix } from '@phial/http/middleware'
import { serve } from '@phial/serve'
import { createApp } from './app.ts'

const app = createApp({ SESSION_COOKIE_SECURE: true })
app.wrap((next) => proxyFix(next))

const server = await serve(app, { port: Number(process.env.PORT ?? 8000), signals: true })
console.log(`Running on ${server.url}`)
