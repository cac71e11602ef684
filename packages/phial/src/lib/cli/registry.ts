import type { Phial } from '../app.ts'
import { endpointMembers } from './endpoint-types.ts'

export interface RegistryOptions {
  /** Parameters of URLs that `urlDefaults` hooks give. */
  readonly optional: readonly string[]
}

/** An interface of `phial` that applications fill. */
interface RegistrySection {
  readonly name: string
  readonly members: readonly string[]
}

/** The text of a declaration file that tells the compiler what an application has. */
export function registryText(app: Phial, options: RegistryOptions): string {
  const sections: RegistrySection[] = [
    { name: 'Endpoints', members: endpointMembers(app, new Set(options.optional)) },
  ]
  const body = sections.map(sectionText).join('\n\n')
  const names = body.includes('RuleParams<') ? '{ RuleParams }' : '{}'
  return [
    '// Written by `phial types`. Run it again when routes have changed.',
    '/* eslint-disable */',
    '// biome-ignore-all format: it is generated',
    '// biome-ignore-all lint: it is generated',
    `import type ${names} from 'phial'`,
    '',
    "declare module 'phial' {",
    body,
    '}',
    '',
  ].join('\n')
}

function sectionText({ name, members }: RegistrySection): string {
  return [`  interface ${name} {`, ...members.map((member) => `    ${member}`), '  }'].join('\n')
}
