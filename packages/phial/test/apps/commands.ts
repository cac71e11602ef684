import { Phial } from 'phial'

const app = new Phial('commands', { staticFolder: null })

app.cli.command('greet <name>', { help: 'Greets somebody.\n\nIn a friendly way.' }, () => undefined)
app.cli.command('routes', () => {
  throw new Error('phial has this command itself')
})

export default app
