import type { Command } from 'commander'
import type { Phial } from '../../app.ts'
import { CommandExit } from '../../commands/command-error.ts'
import { deployFindings, type Finding, findingsOf } from '../app-checks.ts'
import type { CliIo } from '../io.ts'
import type { AppOptions } from '../load-app.ts'
import { createPainter } from '../painter.ts'
import { loadPhial } from '../script.ts'

interface CheckOptions extends AppOptions {
  deploy?: boolean
}

/** Looks for mistakes in an application that has been loaded, without serving it. */
export function configure(command: Command, io: CliIo): void {
  command
    .option('--deploy', 'Also what an application for the public should have; then warnings count as errors.')
    .action(async () => {
      await check(command.optsWithGlobals<CheckOptions>(), io)
    })
}

async function check(options: CheckOptions, io: CliIo): Promise<void> {
  const app = await loadPhial(options, io)
  const findings = [...findingsOf(app, io.cwd), ...(options.deploy === true ? deployFindings(app) : [])]
  const paint = createPainter(io.colors)
  for (const { severity, text } of findings) {
    io.err(`${severity === 'error' ? paint.red('error:') : paint.yellow('warning:')} ${text}\n`)
  }
  io.out(`${summary(app, findings)}\n`)
  const isBad = ({ severity }: Finding): boolean => severity === 'error' || options.deploy === true
  if (findings.some(isBad)) throw new CommandExit(1)
}

function summary(app: Phial, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${app.name}: no problems.`
  const count = (severity: Finding['severity']): string => {
    const { length } = findings.filter((finding) => finding.severity === severity)
    return `${length} ${severity}${length === 1 ? '' : 's'}`
  }
  return `${app.name}: ${count('error')}, ${count('warning')}.`
}
