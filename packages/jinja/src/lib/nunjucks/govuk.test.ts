import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Environment, FileSystemLoader } from '../../nunjucks.ts'

/*
 * The templates of GOV.UK, written for Nunjucks: each component renders its own fixtures, from options to HTML.
 */

interface Fixture {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  readonly html: string
}

const packageFolder = dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json'))
const root = join(packageFolder, 'dist')
const folder = join(root, 'govuk', 'components')
const components = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'fixtures.json')))

function fixturesOf(component: string): Fixture[] {
  const text = readFileSync(join(folder, component, 'fixtures.json'), 'utf8')
  return (JSON.parse(text) as { fixtures: Fixture[] }).fixtures
}

function normalized(html: string): string {
  return html.replace(/\s+/g, ' ').trim()
}

describe('govuk-frontend', () => {
  const environment = new Environment(new FileSystemLoader(root), { trimBlocks: true, lstripBlocks: true })

  it('has all its components here', () => {
    expect(components.length).toBeGreaterThan(30)
  })

  it.each(components)('%s renders its fixtures', (component) => {
    const fixtures = fixturesOf(component)
    expect(fixtures.length).toBeGreaterThan(0)
    for (const { name, options, html } of fixtures) {
      const text = environment.render(`govuk/components/${component}/template.njk`, { params: options })
      expect(normalized(text), name).toBe(normalized(html))
    }
  })

  it('renders components by their macros', () => {
    const source =
      '{% from "govuk/components/button/macro.njk" import govukButton %}{{ govukButton({ text: "Save" }) }}'
    expect(normalized(environment.renderString(source))).toBe(
      '<button type="submit" class="govuk-button" data-module="govuk-button"> Save </button>',
    )
  })
})
