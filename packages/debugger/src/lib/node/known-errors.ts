import type { Hint } from '../report.ts'

/** A well-known error: what its code and message look like, and what to do. `$1` stands for the first group. */
interface KnownError {
  readonly code?: string
  readonly message?: RegExp
  readonly title: string
  readonly text: string
}

// Only what the message itself does not say.
const KNOWN: readonly KnownError[] = [
  {
    code: 'ERR_MODULE_NOT_FOUND',
    message: /^Cannot find (?:module|package) '([^']{1,200})'/,
    title: 'A module is missing',
    text: 'A file is imported with its ending: `./users.ts`, not `./users`. A package has to be in the `dependencies` of `package.json`, and installed with `npm install`.',
  },
  {
    message: /^(?:require|module|exports|__dirname|__filename) is not defined/,
    title: 'This file is a module',
    text: 'Modules have `import` in place of `require`, `export` in place of `module.exports`, and `import.meta.dirname` in place of `__dirname`.',
  },
  {
    code: 'ECONNREFUSED',
    title: 'Nothing listens there',
    text: 'The service that is called is not running, or listens on another address or port. `localhost` may be `::1` for one side and `127.0.0.1` for the other.',
  },
  {
    code: 'ENOENT',
    message: /'(?!\/|[A-Za-z]:)([^']{1,500})'$/,
    title: 'The path is relative',
    text: "It is looked for in the folder in which the program was started (`$cwd`), not beside the file that names it. `new URL('$1', import.meta.url)` is beside it.",
  },
  {
    message: /^Converting circular structure to JSON/,
    title: 'The value leads back to itself',
    text: 'JSON has no form for that. Return the members that are wanted, or give the class a method `toJSON()`.',
  },
  {
    message: /^Maximum call stack size exceeded/,
    title: 'The stack is full',
    text: 'A function calls itself without an end, or two call each other, or data leads back to itself. The engine keeps no variables then.',
  },
  {
    message: /^Do not know how to serialize a BigInt/,
    title: 'JSON has no big integers',
    text: 'Turn the value into text, or into a number if it is small: `String(value)`, `Number(value)`.',
  },
]

/** Hints for errors that everybody meets. */
export function knownHints(error: unknown): Hint[] {
  if (!(error instanceof Error)) {
    return [
      {
        title: 'What was thrown is no Error',
        text: 'It has no stack, so most of what led to it is lost: `throw new Error(…)`, with what else there is to say in `cause`.',
      },
    ]
  }
  const { code, message } = ownTexts(error)
  const hints: Hint[] = []
  for (const known of KNOWN) {
    if (known.code !== undefined && known.code !== code) continue
    const found = known.message?.exec(message)
    if (known.message !== undefined && !found) continue
    const text = known.text.replaceAll('$1', () => found?.[1] ?? '').replaceAll('$cwd', () => process.cwd())
    hints.push({ title: known.title, text })
  }
  return hints
}

function ownTexts(error: Error): { code: string; message: string } {
  const own = (key: string): string => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, key)?.value
    return typeof value === 'string' ? value : ''
  }
  return { code: own('code'), message: own('message') }
}
