import { makeApp } from '../phial-app.mjs'

await makeApp().run({ port: Number(process.env.PORT) })
