import { delimiter } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CliIo } from '../io.ts'
import { parsePrefix } from '../prefix.ts'
import type { RunOptions } from '../run-options.ts'
import { serveApp } from '../serve-app.ts'

/** Serves an application until the user stops it. */
export function configure(command: Command, io: CliIo): void {
  // Files with variables are read later; a worker that is started again reads them anew.
  const env = { ...io.env }
  command
    .addOption(
      new Option('-h, --host <address>', 'The address to listen on; unix:///PATH for a socket.').default(
        '127.0.0.1',
      ),
    )
    .addOption(
      new Option('-p, --port <number>', 'The port; 0 takes a free one.').default(5000).argParser(parsePort),
    )
    .option('--cert <file>', "The certificate in PEM, to serve HTTPS; 'adhoc' makes one.")
    .option('--key <file>', 'The key of the certificate in PEM.')
    .addOption(new Option('--prefix <path>', 'Serve the application under this path.').argParser(parsePrefix))
    .option('--no-log', 'Write no line for each request.')
    .option('--no-debugger', 'In debug mode, show a plain page for errors.')
    .option('--allow-public-debug', 'Allow debug mode where other machines can reach it.')
    .option('--reload', 'Restart when a file of the application has changed. Default: in debug mode.')
    .option('--no-reload', 'Do not restart.')
    .option('--no-live-reload', 'Do not let the browser load pages again after a change.')
    .addOption(
      new Option('--reload-type <type>', 'How changes are noticed: by events of the system, or by looking.')
        .choices(['auto', 'stat'])
        .default('auto'),
    )
    .addOption(
      new Option('--reload-interval <seconds>', 'How often is looked at the files, for --reload-type stat.')
        .default(1)
        .argParser(parseInterval),
    )
    .addOption(
      new Option('--extra-files <paths>', `Restart for these too; separated by '${delimiter}'.`).argParser(
        parsePaths,
      ),
    )
    .addOption(
      new Option(
        '--exclude-patterns <patterns>',
        `Do not restart for these, as in '*/data/*'; separated by '${delimiter}'.`,
      ).argParser(parsePaths),
    )
    .action(() => serveApp(command.optsWithGlobals<RunOptions>(), env, io))
}

function parseInterval(text: string): number {
  const seconds = Number(text)
  if (seconds >= 0.05 && seconds <= 3600) return seconds
  throw new InvalidArgumentError('An interval is a number of seconds from 0.05 to 3600.')
}

/** Paths separated as in `PATH`; the option may come several times. */
function parsePaths(text: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...text.split(delimiter).filter((path) => path !== '')]
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw new InvalidArgumentError(`A port is a whole number from 0 to 65535.`)
}
