import { type Insertion, lineAndColumn, lineStarts } from './insertions.ts'
import { bindingNames, declaredNames, expressionEnd, operandEnd, type Syntax } from './syntax.ts'
import { matchBrackets, significant, type Token, tokenize } from './tokens.ts'

/** A place in a source as it was written. */
export interface SourceSpot {
  readonly url: string
  readonly line: number
  readonly column: number
}

/** Where a program calls when an error passes an async function that was waiting. */
export const AWAITED: unique symbol = Symbol.for('phial.debugger.awaited')

/** The variables that the rewritten code has; no list of variables shows them. */
export const MARK = '__phialAt'
const ERROR = '__phialError'

/** An async function and what is known of it. Numbers are indexes of tokens; `end` is the closing brace. */
interface AsyncBody {
  readonly name: string
  readonly start: number
  end: number
  /** `() => x`: what stands for the body is an expression. */
  readonly isExpression: boolean
  readonly names: string[]
  awaits: number
}

/**
 * What to put into a module so that frames that wait can be looked into when an error passes them: V8 keeps no scopes
 * of callers that are suspended at an `await`.
 *
 * Each `await x` of an async function becomes `await (mark = [evaluator, line, column], x)`, and its body is put into
 * `try … catch` that hands the mark over and throws the same error on. The evaluator is a direct `eval` at that place,
 * so it sees the variables of all blocks around. Promises are left alone: neither ticks nor async stacks change.
 *
 * Everything is inserted within lines, so lines stay.
 *
 * @param source JavaScript without types, a module (strict code).
 * @param place where a token stands for the user, by its place in `source`. Lines and columns count from 1.
 * @returns null if there is nothing to do.
 */
export function awaitInsertions(
  source: string,
  place: (line: number, column: number) => SourceSpot,
): Insertion[] | null {
  if (!/\bawait\b/.test(source)) return null
  const tokens = significant(tokenize(source))
  const syntax: Syntax = { tokens, partners: matchBrackets(tokens) }
  const bodies = asyncBodies(syntax)
  if (bodies.length === 0) return null
  const lines = lineStarts(source)
  const insertions: Insertion[] = []
  /** Closing brackets and the like, by the token before them; inner ones come first. */
  const closers: { after: number; start: number; text: string }[] = []
  const around: AsyncBody[] = []
  let next = 0
  for (let i = 0; i < tokens.length; i++) {
    while (next < bodies.length && bodies[next]!.start <= i) around.push(bodies[next++]!)
    while (around.length > 0 && around.at(-1)!.end <= i) around.pop()
    const body = around.at(-1)
    if (body === undefined) continue
    const token = tokens[i]!
    if (token.kind !== 'keyword') continue
    if (token.text === 'await') {
      const operand = awaitedOperand(syntax, i)
      if (operand === null) continue
      const { line, column } = place(...lineAndColumn(lines, token.start))
      body.awaits++
      insertions.push({
        at: tokens[operand.start]!.start,
        text: `(${MARK} = [__s => eval(__s), ${line}, ${column}], `,
      })
      closers.push({ after: operand.end - 1, start: operand.start, text: ')' })
    } else if (token.text === 'const' || token.text === 'let' || token.text === 'var') {
      body.names.push(...declaredNames(syntax, i))
    } else if (token.text === 'catch' && tokens[i + 1]?.text === '(') {
      bindingNames(syntax, i + 2, body.names)
    } else if (token.text === 'function' || token.text === 'class') {
      const name = tokens[i + 1]?.text === '*' ? tokens[i + 2] : tokens[i + 1]
      if (name?.kind === 'name') body.names.push(name.text)
    }
  }
  for (const body of bodies) {
    if (body.awaits === 0) continue
    const { url } = place(...lineAndColumn(lines, tokens[body.start]!.start))
    const [head, tail] = wrapping(body, url)
    const first = body.isExpression ? body.start : afterDirectives(syntax, body.start + 1)
    insertions.push({ at: tokens[first]?.start ?? source.length, text: head })
    if (body.isExpression) closers.push({ after: body.end - 1, start: body.start, text: tail })
    else insertions.push({ at: tokens[body.end]!.start, text: tail })
  }
  if (insertions.length === 0) return null
  // At one place the bracket that was opened last closes first.
  closers.sort((one, other) => one.after - other.after || other.start - one.start)
  return merge(
    insertions,
    closers.map(({ after, text }) => ({ at: tokens[after]!.end, text })),
  )
}

function wrapping({ name, isExpression, names }: AsyncBody, url: string): [head: string, tail: string] {
  const shown = [...new Set(names)].join()
  const call = `globalThis[Symbol.for('phial.debugger.awaited')]?.(${ERROR}, ${MARK}, ${JSON.stringify(url)}, ${JSON.stringify(name)}, ${JSON.stringify(shown)})`
  const tail = `} catch (${ERROR}) { ${call}; throw ${ERROR} }`
  if (isExpression) return [`{ let ${MARK}; try { return (`, `); ${tail} }`]
  return [`let ${MARK}; try { `, tail]
}

/** What an `await` waits for, as the tokens that it begins with and that follow it. Null where it is no operator. */
function awaitedOperand(syntax: Syntax, at: number): { start: number; end: number } | null {
  const { tokens, partners } = syntax
  const before = tokens[at - 1]?.text
  const after = tokens[at + 1]
  // Of `await await x` the inner one is marked: it stands in the same place.
  if (after === undefined || after.text === ':' || after.text === '=>' || after.text === 'await') return null
  if (before === 'for' && after.text === '(') {
    const closing = partners[at + 1]!
    let of = at + 2
    while (of < closing && tokens[of]!.text !== 'of') {
      const partner = partners[of]!
      of = partner > of ? partner + 1 : of + 1
    }
    return of + 1 < closing ? { start: of + 1, end: closing } : null
  }
  // `await using x = …` declares.
  if (after.text === 'using' && tokens[at + 2]?.kind === 'name' && !tokens[at + 2]!.newline) return null
  const end = operandEnd(syntax, at + 1)
  return end === -1 ? null : { start: at + 1, end }
}

/** The async functions of a module in the order in which their bodies begin. */
function asyncBodies(syntax: Syntax): AsyncBody[] {
  const { tokens, partners } = syntax
  const bodies: AsyncBody[] = []
  const add = (name: string, params: readonly [from: number, to: number], start: number): void => {
    const names = parameterNames(syntax, params[0], params[1])
    if (tokens[start]?.text === '{' && partners[start]! > start) {
      bodies.push({ name, start, end: partners[start]!, isExpression: false, names, awaits: 0 })
    } else {
      const end = expressionEnd(syntax, start)
      if (end > start) bodies.push({ name, start, end, isExpression: true, names, awaits: 0 })
    }
  }
  for (let i = 0; i < tokens.length - 2; i++) {
    const token = tokens[i]!
    if (token.kind !== 'name' || token.text !== 'async' || isMember(tokens, i)) continue
    let at = i + 1
    if (tokens[at]!.newline) continue
    if (tokens[at]!.text === 'function') {
      at++
      if (tokens[at]?.text === '*') at++
      const name = tokens[at]?.text === '(' ? assignedName(tokens, i) : tokens[at++]!.text
      const closing = partners[at] ?? -1
      if (tokens[at]?.text === '(' && closing > at) add(name, [at + 1, closing], closing + 1)
    } else if (tokens[at]!.text === '(' && tokens[partners[at]! + 1]?.text === '=>') {
      add(assignedName(tokens, i), [at + 1, partners[at]!], partners[at]! + 2)
    } else if (tokens[at + 1]?.text === '=>') {
      add(assignedName(tokens, i), [at, at + 1], at + 2)
    } else {
      // A method: `async name() {`, `async *[key]() {`, `async #name() {`.
      if (tokens[at]!.text === '*') at++
      const name = tokens[at]!
      if (name.kind === 'punctuator' && name.text !== '[') continue
      at = name.text === '[' ? partners[at]! + 1 : at + 1
      const closing = partners[at] ?? -1
      if (at > 0 && tokens[at]?.text === '(' && closing > at && tokens[closing + 1]?.text === '{')
        add(name.text === '[' ? '' : name.text, [at + 1, closing], closing + 1)
    }
  }
  return bodies.sort((one, other) => one.start - other.start)
}

function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text
  return before === '.' || before === '?.'
}

/** `name = async …` or `name: async …`. */
function assignedName(tokens: readonly Token[], at: number): string {
  const sign = tokens[at - 1]?.text
  const name = tokens[at - 2]
  return (sign === '=' || sign === ':') && name?.kind === 'name' ? name.text : ''
}

function parameterNames(syntax: Syntax, from: number, to: number): string[] {
  const names: string[] = []
  for (let at = from; at < to; at++) {
    at = bindingNames(syntax, at, names).end
    if (syntax.tokens[at]?.text === '=') at = expressionEnd(syntax, at + 1)
    if (at < 0) break
  }
  return names
}

/** The first token behind `'use strict'` and the like. */
function afterDirectives({ tokens }: Syntax, at: number): number {
  while (tokens[at]?.kind === 'string') {
    const next = tokens[at + 1]!
    if (next.text === ';') at += 2
    else if (next.newline || next.text === '}') at++
    else break
  }
  return at
}

/** Both lists in the order of their places. Where they meet, what closes comes before what opens. */
function merge(insertions: Insertion[], closers: Insertion[]): Insertion[] {
  const merged: Insertion[] = []
  let next = 0
  for (const insertion of insertions.sort((one, other) => one.at - other.at)) {
    while (next < closers.length && closers[next]!.at <= insertion.at) merged.push(closers[next++]!)
    merged.push(insertion)
  }
  merged.push(...closers.slice(next))
  return merged
}
