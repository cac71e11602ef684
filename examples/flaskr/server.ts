import { proxyFix } from '@phial/http/middleware'
import { serve } from '@phial/serve'
import { createApp } from './app.ts'

const app = createApp({ SESSION_COOKIE_SECURE: true })
app.wrap((next) => proxyFix(next, { for: 1, proto: 1, host: 1 }))

const server = await serve(app, { port: 8000, signals: true })
console.log(`Listening on ${server.url}`)
