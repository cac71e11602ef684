import { Phial } from 'phial'

export const app: Phial = new Phial('subdomains', { subdomainMatching: true, staticFolder: null })

app.get('/', { endpoint: 'api', subdomain: 'api' }, () => 'api')
app.get('/', { endpoint: 'index', subdomain: '<tenant>' }, () => 'index')
app.get('/', { endpoint: 'home' }, () => 'home')
app.get('/about', { endpoint: 'about' }, () => 'about')
