/** The server cannot listen where it was told to. The message is one line; {@link hint} says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError'
  /** The system's name of the error, such as `EADDRINUSE`. */
  readonly code: string
  /** What to do about it, in one sentence; `''` if nothing is known. */
  readonly hint: string

  constructor(message: string, options: { code: string; hint: string; cause: unknown }) {
    super(message, { cause: options.cause })
    this.code = options.code
    this.hint = options.hint
  }
}

/** Where a server is told to listen. */
export interface ListenTarget {
  readonly hostname: string
  readonly port: number
  readonly path: string | null
}

/** What the system says when a server starts to listen, as an error for people. */
export function toListenError(cause: unknown, target: ListenTarget): ListenError {
  const code = String((cause as { code?: unknown } | null)?.code ?? 'UNKNOWN')
  const where = target.path ?? `${target.hostname}:${target.port}`
  const [what, hint] = explain(code, target)
  return new ListenError(`Cannot listen on ${where}: ${what}${hint === '' ? '' : ` ${hint}`}`, {
    code,
    hint,
    cause,
  })
}

function explain(code: string, { hostname, port, path }: ListenTarget): [what: string, hint: string] {
  switch (code) {
    case 'EADDRINUSE':
      if (path !== null)
        return ['another process uses this socket.', 'Stop that process or choose another path.']
      return [
        `port ${port} is in use by another program.`,
        'Stop that program or choose another port (0 takes a free one).',
      ]
    case 'EACCES':
      if (path !== null)
        return ['this user may not create the socket.', 'Choose a path in a directory of your own.']
      return [
        `this user may not use port ${port}.`,
        'Ports below 1024 need a privilege: choose a higher one.',
      ]
    case 'EADDRNOTAVAIL':
      return [
        `${hostname} is no address of this machine.`,
        'Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.',
      ]
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return [
        `the name ${JSON.stringify(hostname)} has no address.`,
        'Check its spelling, or give an IP address.',
      ]
    case 'ENOENT':
      return ['its directory does not exist.', 'Create the directory first.']
    default:
      return [`the system says ${code}.`, '']
  }
}
