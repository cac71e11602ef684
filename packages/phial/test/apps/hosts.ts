import { Phial } from 'phial'

export const app: Phial = new Phial('hosts', { hostMatching: true, staticFolder: null })

app.route('/', { endpoint: 'api', host: 'api.example.com' }, () => 'api')
app.route('/', { endpoint: 'www', host: 'www.example.com' }, () => 'www')
