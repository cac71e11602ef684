import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BaseConverter, BuildError, Rule, Submount, UrlBuilder } from '../build.ts'

describe('UrlBuilder', () => {
  const rules = [
    new Rule('/', { endpoint: 'home' }),
    new Submount('/blog', [new Rule('/<int:year>/<slug>', { endpoint: 'post' })]),
    new Rule('/', { endpoint: 'user', subdomain: '<name>' }),
  ]

  it('builds as an adapter does', () => {
    const urls = new UrlBuilder(rules.slice(0, 2), { rootPath: '/app', serverName: 'example.org' })
    expect(urls.build('home', { q: 'a b' })).toBe('/app/?q=a+b')
    expect(urls.build('post', { year: 2024, slug: 'ü/x' })).toBe('/app/blog/2024/%C3%BC/x')
    expect(urls.build('home', {}, { forceExternal: true })).toBe('https://example.org/app/')
    expect(() => urls.build('post', { year: 2024 })).toThrow(BuildError)
  })

  it('writes the host of a subdomain', () => {
    const urls = new UrlBuilder([rules[2]!], { serverName: 'example.org', urlScheme: 'http' })
    expect(urls.build('user', { name: 'ada' })).toBe('http://ada.example.org/')
  })

  it('takes converters', () => {
    class Upper extends BaseConverter {
      override toUrl(value: unknown): string {
        return super.toUrl(String(value).toUpperCase())
      }
    }
    const urls = new UrlBuilder([new Rule('/<upper:x>', { endpoint: 'e' })], { converters: { upper: Upper } })
    expect(urls.build('e', { x: 'a' })).toBe('/A')
  })

  it('brings no matching along', () => {
    const folder = new URL('.', import.meta.url)
    const files = new Set(readdirSync(folder))
    const seen = new Set<string>()
    const visit = (url: URL): void => {
      if (seen.has(url.pathname)) return
      seen.add(url.pathname)
      for (const [, path] of readFileSync(url, 'utf8').matchAll(
        /^(?:import|export) (?!type).* from '(\..*)'$/gm,
      )) {
        visit(new URL(path!, url))
      }
    }
    visit(new URL('../build.ts', import.meta.url))
    const names = [...seen].map((path) => path.slice(path.lastIndexOf('/') + 1))
    expect(names).toContain('rule.ts')
    for (const name of [
      'matcher.ts',
      'state-machine.ts',
      'walk-path.ts',
      'part-matcher.ts',
      'map-adapter.ts',
    ]) {
      expect(files).toContain(name)
      expect(names).not.toContain(name)
    }
  })
})
