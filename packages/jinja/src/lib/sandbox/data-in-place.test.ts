import { describe, expect, it } from 'vitest'
import { ImmutableSandboxedEnvironment, SandboxedEnvironment, SecurityError } from '../../index.ts'

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

/** Its instances have `Object` for a constructor, as data has. */
function OldStyle(this: { _secret: string; name: string }): void {
  this._secret = 'private'
  this.name = 'Eve'
}
OldStyle.prototype = { rename: () => 'renamed' }

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
  old: Reflect.construct(OldStyle, []) as object,
  posing: { constructor: Object, city: 'Bern' },
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
    [
      '{{ data["name"] }}{{ data["nested"]["city"] }}{{ old["name"] }}{{ old.name }}{{ old.rename() }}',
      'BobRomeEveEverenamed',
    ],
    ['{{ posing.city }}{{ posing["city"] }}{{ posing.nope is undefined }}', 'BernBernTrue'],
    [
      '{% for n in [1, 2] %}{{ loop.index }}{{ loop.last }}{{ loop.nextitem }} {% endfor %}',
      '1False2 2True ',
    ],
    ['{% set loop = data %}{{ loop.name }}', 'Bob'],
    ['{{ derived.city }}{{ missing is undefined }}', 'inheritedTrue'],
    ['{{ (data.name + "!") * 2 }}{{ 7 % 4 }}{{ loop is undefined }}', 'Bob!Bob!3True'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it.each([
    '{{ account._secret }}',
    '{{ old._secret }}',
    '{{ old["_secret"] }}',
    '{{ data["constructor"] }}',
    '{% for n in [1] %}{{ loop.constructor }}{% endfor %}',
    '{% for n in [1] %}{{ loop.__advance__ }}{% endfor %}',
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

  it('unless items are looked up in another way', () => {
    class Strict extends SandboxedEnvironment {
      override getitem(object: unknown, key: unknown): unknown {
        return key === 'name' ? 'hidden' : super.getitem(object, key)
      }
    }
    const environment = new Strict({ backend })
    expect(environment.fromString('{{ data["name"] }}{{ data["_own"] }}').render(variables)).toBe(
      'hiddendata',
    )
  })

  it.each([SandboxedEnvironment, ImmutableSandboxedEnvironment])('unless less is safe: %o', (Sandbox) => {
    class Strict extends Sandbox {
      override isSafeAttribute(object: unknown, name: string, value: unknown): boolean {
        return name !== 'name' && name !== 'last' && super.isSafeAttribute(object, name, value)
      }
    }
    const environment = new Strict({ backend })
    const text = (source: string): string => environment.fromString(source).render(variables)
    // Items of mappings are always allowed.
    expect(text('{{ data.name }}{{ old.name }}{{ account.name }}')).toBe('Bob')
    expect(text('{% for n in [1] %}{{ loop.last }}{{ loop.first }}{% endfor %}')).toBe('True')
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
