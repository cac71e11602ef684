import { describe, expect, it } from 'vitest'
import { SandboxedEnvironment, SecurityError } from '../../index.ts'

class Account {
  _secret = 'private'
  name = 'Ann'
  rename(): string {
    return 'renamed'
  }
}

class Inherited extends Object {
  city = 'Berlin'
}

const variables = {
  data: {
    name: 'Bob',
    _own: 'data',
    nothing: null,
    missing: undefined,
    call: () => 'called',
    nested: { city: 'Rome' },
  },
  account: new Account(),
  derived: Object.create({ city: 'inherited' }) as object,
  inherited: new Inherited(),
  bare: Object.assign(Object.create(null) as object, { city: 'Oslo' }),
}

describe.each(['code', 'closures'] as const)('members of data are read in place (%s)', (backend) => {
  const render = (source: string): string =>
    new SandboxedEnvironment({ backend }).fromString(source).render(variables)

  it.each<[source: string, expected: string]>([
    [
      '{{ data.name }}{{ data.nested.city }}{{ data._own }}{{ data.nothing }}{{ data.call() }}',
      'BobRomedataNonecalled',
    ],
    ['{{ data.missing is undefined }}{{ data.nope is undefined }}{{ data.items() | length }}', 'TrueTrue6'],
    ['{{ account.name }}{{ account.rename() }}{{ inherited.city }}{{ bare.city }}', 'AnnrenamedBerlinOslo'],
    ['{{ derived.city }}{{ missing is undefined }}', 'inheritedTrue'],
    ['{{ (data.name + "!") * 2 }}{{ 7 % 4 }}{{ loop is undefined }}', 'Bob!Bob!3True'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it.each([
    '{{ account._secret }}',
    '{{ data.constructor }}',
    '{{ data.__proto__ }}',
    '{{ data.call.constructor }}',
  ])('%s is refused', (source) => {
    expect(render(source)).toBe('')
    expect(() => render(source.replace(' }}', '.more }}'))).toThrow(SecurityError)
  })

  it('unless lookups are overridden', () => {
    class Strict extends SandboxedEnvironment {
      override getattr(object: unknown, name: string): unknown {
        return name === 'name' ? 'hidden' : super.getattr(object, name)
      }
    }
    const environment = new Strict({ backend })
    expect(environment.fromString('{{ data.name }}{{ data._own }}').render(variables)).toBe('hiddendata')
  })

  it('and intercepted operators go through the environment', () => {
    class Counting extends SandboxedEnvironment {
      override interceptedBinops: ReadonlySet<string> = new Set(['+', '%'])
      override callBinop(): unknown {
        return 'intercepted'
      }
    }
    expect(
      new Counting({ backend }).fromString('{{ 1 + data.n }} {{ 5 % 3 }} {{ 2 * 3 }}').render(variables),
    ).toBe('intercepted intercepted 6')
  })
})
