/** An interface of `phial` that applications fill. */
export interface RegistrySection {
  readonly name: 'Endpoints' | 'TemplateRegistry'
  readonly members: readonly string[]
}

/** The text of a declaration file that tells the compiler what an application has. Sections without members are left out. */
export function registryText(sections: readonly RegistrySection[]): string {
  const body = sections
    .filter(({ members }) => members.length > 0)
    .map(sectionText)
    .join('\n\n')
  const names = body.includes('RuleParams<') ? '{ RuleParams }' : '{}'
  return [
    '// Written by `phial types`. Run it again when routes or templates have changed.',
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
