import type { Context } from '../context/context.ts'
import { defineCommand } from './command.ts'
import { prompt } from './prompt.ts'
import type { Script } from './script.ts'

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = { [K in keyof T]: T[K] }

function is<Expected>() {
  return <Actual>(
    _value: Actual,
    ..._check: Equal<Flat<Actual>, Expected> extends true ? [] : [never]
  ): void => undefined
}

defineCommand('plain', (values, context) => {
  is<object>()({} as object)
  is<Record<never, never>>()(values)
  const app: Context = context
  return app
})

defineCommand('copy <source> [target-file] ', (values) => {
  is<{ source: string; targetFile: string | undefined }>()(values)
})

defineCommand('add <int:n> [float:x...]', (values) => {
  is<{ n: number; x: number[] }>()(values)
})

defineCommand(
  'create <name> [role]',
  {
    arguments: { name: 'Who.', role: { choices: ['editor', 'author'], default: 'author' } },
    options: {
      '-a, --is-admin': 'Whether.',
      '--age <int:years>': { min: 0 },
      '--size <int:size>': { default: 1 },
      '--mail <address>': { required: true },
      '--tag <tag...>': 'Many.',
      '-v, --verbose': { count: true },
      '--no-color': 'None.',
      '--[no-]cache': 'Either.',
      '--since <date>': { parse: (text) => new Date(text) },
      '--until <date>': { parse: (text: string) => new Date(text), default: null },
      '-x': 'Short.',
    },
  },
  (values) => {
    is<{
      name: string
      role: 'editor' | 'author'
      isAdmin: boolean
      age: number | undefined
      size: number
      mail: string
      tag: string[]
      verbose: number
      color: boolean
      cache: boolean
      since: Date | undefined
      until: Date | null
      x: boolean
    }>()(values)
  },
)

defineCommand('bare', { withAppContext: false }, (_values, script) => {
  const checked: Script = script
  return checked
})

defineCommand(
  'ask',
  {
    options: {
      '--name <name>': { prompt: true },
      '--age <int:years>': { prompt: 'How old?', default: 18 },
      '--note <text>': { prompt: true, default: null },
      '--lang <code>': { prompt: true, choices: ['en', 'de'] },
      '--yes': { prompt: 'Go on?' },
    },
  },
  (values) => {
    is<{ name: string; age: number; note: string | null; lang: 'en' | 'de'; yes: boolean }>()(values)
  },
)

defineCommand('prompts', async () => {
  is<{ of: string }>()({ of: await prompt('Name') })
  is<{ of: string }>()({ of: await prompt('Name', { default: 'ann', hideInput: true }) })
  is<{ of: string | null }>()({ of: await prompt('Name', { default: null }) })
  is<{ of: number }>()({ of: await prompt('Age', { type: 'int', min: 0 }) })
  is<{ of: 'en' | 'de' }>()({ of: await prompt('Language', { choices: ['en', 'de'] }) })
  is<{ of: Date }>()({ of: await prompt('Day', { parse: (text) => new Date(text) }) })
})
