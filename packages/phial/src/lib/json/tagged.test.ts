import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf } from '../../../../../tests/linear-time.ts'
import { Markup, TaggedJsonSerializer, Tuple, tuple, Uuid } from '../../index.ts'

const serializer = new TaggedJsonSerializer()
const id = 'd5ff0fb4-6a9c-4dbc-8f06-2e4f1c6e2d7a'

describe('tagged JSON', () => {
  it.each<[unknown, string]>([
    [tuple(1, [tuple()]), '{" t":[1,[{" t":[]}]]}'],
    [new Uint8Array([0, 255, 98]), '{" b":"AP9i"}'],
    [new Markup('<b>'), '{" m":"<b>"}'],
    [new Uuid(id), '{" u":"d5ff0fb46a9c4dbc8f062e4f1c6e2d7a"}'],
    [new Date('2020-05-17T13:14:15Z'), '{" d":"Sun, 17 May 2020 13:14:15 GMT"}'],
    [{ ' t': [1] }, '{" di":{" t__":[1]}}'],
    [{ ' t': 1, b: 2 }, '{" t":1,"b":2}'],
    [{ a: 'ü', n: null, f: 1.5 }, '{"a":"\\u00fc","n":null,"f":1.5}'],
  ])('writes %j as %s, and reads it back', (value, text) => {
    expect(serializer.dumps(value)).toBe(text)
    expect(serializer.loads(text)).toEqual(value)
  })

  it('gives back whatever JSON can hold', () => {
    const values = fc
      .jsonValue({ maxDepth: 5 })
      .filter((value) => !JSON.stringify(value).includes('__proto__'))
    fc.assert(
      fc.property(values, (value) => {
        expect(serializer.loads(serializer.dumps(value))).toEqual(value)
      }),
    )
  })

  it('takes tags for classes of applications', () => {
    class Money {
      readonly cents: number

      constructor(cents: number) {
        this.cents = cents
      }
    }
    const own = new TaggedJsonSerializer()
    const tag = {
      key: ' money',
      check: (value: unknown) => value instanceof Money,
      toJson: (value: unknown) => (value as Money).cents,
      toJs: (value: unknown) => new Money(value as number),
    }
    expect(() => own.dumps(new Money(1))).toThrow('JSON cannot hold an object of class Money.')
    own.register(tag, { index: 0 })
    expect(own.dumps([new Money(5)])).toBe('[{" money":5}]')
    expect(own.loads('[{" money":5}]')).toEqual([new Money(5)])
    expect(() => own.register(tag)).toThrow('The key " money" is already used by another JSON tag.')
    own.register({ ...tag, toJs: () => 'replaced' }, { force: true })
    expect(own.loads('{" money":5}')).toBe('replaced')
  })

  it('grows no faster than its input', () => {
    expect(growthOf((n) => serializer.dumps('ü'.repeat(n)))).toBeLessThan(1.7)
    expect(growthOf((n) => serializer.loads(`[${'" t",'.repeat(n)}0]`))).toBeLessThan(1.7)
  })
})

describe('tuples and UUIDs', () => {
  it('are arrays and text for all else', () => {
    const pair = tuple('a', 1)
    expect([Array.isArray(pair), pair.length, pair.map(String)]).toEqual([true, 2, ['a', '1']])
    expect(pair.map(String)).not.toBeInstanceOf(Tuple)
    expect(tuple(3).length).toBe(1)
    const uuid = new Uuid(id.toUpperCase())
    expect([`${uuid}`, JSON.stringify({ uuid }), uuid.hex.length]).toEqual([id, `{"uuid":"${id}"}`, 32])
    expect(() => new Uuid('1234')).toThrow('A UUID has 32 hexadecimal digits, got "1234".')
  })
})
