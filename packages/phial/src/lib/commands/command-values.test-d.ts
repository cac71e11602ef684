import type { Context } from '../context/context.ts'
import { defineCommand } from './command.ts'
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
