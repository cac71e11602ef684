import { Phial } from 'phial'

const app = new Phial('site', { staticFolder: null })

app.route('/pages/<name>', { endpoint: 'page', methods: ['GET', 'POST'] }, ({ name }) => name)
app.route('/', { endpoint: 'home' }, () => 'home')
app.route('/debug', { endpoint: 'debug' }, () => String(app.debug))

export default app
