import { describe, expect, it, vi } from 'vitest'
import { CallbackMap } from './callback-map.ts'
import { HeaderSet } from './header-set.ts'

describe('HeaderSet', () => {
  it('compares without case and keeps spelling and order', () => {
    const set = HeaderSet.fromHeader('foo, Bar')
    set.add('FOO').update(['baz', 'BAR'])
    expect([...set]).toEqual(['foo', 'Bar', 'baz'])
    expect([set.size, set.has('bar'), set.indexOf('BAZ'), set.indexOf('x')]).toEqual([3, true, 2, -1])
    expect(set.delete('BAR')).toBe(true)
    expect(set.delete('BAR')).toBe(false)
    expect(set.toHeader()).toBe('foo, baz')
    expect(set.toSet()).toEqual(new Set(['foo', 'baz']))
    expect(new HeaderSet(['X']).toSet({ preserveCase: true })).toEqual(new Set(['X']))
  })

  it('writes itself back after changes only', () => {
    const seen: string[] = []
    const set = HeaderSet.fromHeader('Accept', (changed) => seen.push(changed.toHeader()))
    set.add('Cookie')
    set.add('cookie')
    set.delete('nothing')
    set.delete('Accept')
    set.clear()
    expect(seen).toEqual(['Accept, Cookie', 'Cookie', ''])
  })

  it('quotes what is no token', () => {
    expect(HeaderSet.fromHeader('"a b", c').toHeader()).toBe('"a b", c')
    expect(HeaderSet.fromHeader(null).toHeader()).toBe('')
  })
})

describe('CallbackMap', () => {
  it('calls back after each change, not for what it is made from', () => {
    const onUpdate = vi.fn()
    const map = new CallbackMap([['a', 1]], onUpdate)
    expect(onUpdate).not.toHaveBeenCalled()
    map.set('b', 2)
    map.delete('b')
    map.delete('b')
    map.clear()
    expect(onUpdate).toHaveBeenCalledTimes(3)
  })
})
