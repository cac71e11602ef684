import { describe, expect, it } from 'vitest'
import { Environment } from '../index.ts'

const template = new Environment({ optimized: false }).fromString('{% for x in items %}{{ x }},{% endfor %}')

describe('a stream of a template', () => {
  it('gives pieces as they come', () => {
    const stream = template.stream({ items: [1, 2] })
    expect(stream.buffered).toBe(false)
    expect([...stream].join('|')).toBe('1,|2,')
  })

  it('puts several together', () => {
    const stream = template.stream({ items: [1, 2, 3] })
    stream.enableBuffering(2)
    expect(stream.buffered).toBe(true)
    expect([...stream]).toEqual(['1,2,', '3,'])
    expect(() => stream.enableBuffering(1)).toThrow(RangeError)
  })

  it('can change its mind', () => {
    const stream = template.stream({ items: [1, 2, 3] })
    stream.enableBuffering(2)
    expect(stream.next().value).toBe('1,2,')
    stream.disableBuffering()
    expect(stream.next().value).toBe('3,')
  })

  it('can be written somewhere', () => {
    const written: string[] = []
    template.stream({ items: ['a'] }).dump({ write: (text) => written.push(text) })
    expect(written.join('')).toBe('a,')
  })
})
