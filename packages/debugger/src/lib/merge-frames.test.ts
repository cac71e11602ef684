import { describe, expect, it } from 'vitest'
import type { LiveFrame } from './live-frame.ts'
import { borrowFrames, mergeFrames } from './merge-frames.ts'

const evaluate = (): null => null

/** `save:3`, `save:3*` for one that waits, `save:3!` for one with variables. */
function frames(text: string): LiveFrame[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((part) => {
      const [, name, line, marks] = /^([\w.<>]*):(\d+)([*!]*)$/.exec(part)!
      return {
        kind: name!.startsWith('lib') ? 'library' : 'application',
        functionName: name === '' ? null : name!,
        url: 'file:///a.ts',
        shownFile: null,
        line: Number(line),
        column: 1,
        isAwaiting: marks!.includes('*'),
        content: null,
        evaluate: marks!.includes('!') ? evaluate : null,
        read: null,
        scopes: [],
      }
    })
}

const show = (all: readonly LiveFrame[]): string =>
  all
    .map(
      (frame) =>
        `${frame.functionName ?? ''}:${frame.line}${frame.isAwaiting ? '*' : ''}${frame.evaluate === null ? '' : '!'}`,
    )
    .join(' ')

const merge = (stack: string, captured: string, awaiting = ''): string => {
  const { frames: merged, madeAt } = mergeFrames({
    stack: frames(stack),
    captured: frames(captured),
    awaiting: frames(awaiting),
  })
  return `${show(merged)}${madeAt.length === 0 ? '' : ` made at ${show(madeAt)}`}`
}

describe('the frames of an error', () => {
  it.each([
    ['those of the stack get their variables', 'f:1 g:2', 'f:1! g:2!', '', 'f:1! g:2!'],
    [
      'the engine names classes',
      'User.save:1 Object.run:2',
      'save:1! run:2!',
      '',
      'User.save:1! Object.run:2!',
    ],
    ['the throw is lines below the error', 'f:1 g:9', 'f:3! g:9!', '', 'f:3! g:9!'],
    ['recursion', 'f:5 f:6 f:6 g:9', 'f:5! f:6! f:6! g:9!', '', 'f:5! f:6! f:6! g:9!'],
    ['libraries between', 'libA:1 f:2 libB:3 g:4', 'f:2! g:4!', '', 'libA:1 f:2! libB:3 g:4!'],
    ['no stack', '', 'f:1! g:2!', 'h:3*!', 'f:1! g:2! h:3*!'],
    ['callers that wait', 'f:1 g:2* h:3*', 'f:1!', 'g:2*! h:3*!', 'f:1! g:2*! h:3*!'],
    ['one that waits in between is unknown', 'f:1 g:2* h:3*', 'f:1!', 'h:3*!', 'f:1! g:2* h:3*!'],
    ['the stack forgot those that wait', 'f:1 libA:2', 'f:1!', 'g:2*! h:3*!', 'f:1! libA:2 g:2*! h:3*!'],
    ['an error that was made elsewhere', 'init:1 main:2', 'f:7! g:8!', '', 'f:7! g:8! made at init:1 main:2'],
    ['nothing was captured', 'f:1 g:2*', '', '', 'f:1 g:2*'],
    ['it went on after it had waited', 'g:5 h:6*', '', 'g:2*! h:6*!', 'g:2*! h:6*!'],
    ['anonymous functions', ':1 :2', ':1! :2!', '', ':1! :2!'],
  ])('%s', (_name, stack, captured, awaiting, expected) => {
    expect(merge(stack, captured, awaiting)).toBe(expected)
  })
})

it('a cause gets what is known of the calls that led on', () => {
  const borrow = (own: string, from: string, isCause = true): string =>
    show(borrowFrames(frames(own), frames(from), isCause))
  expect(borrow('find:1! load:2* view:3*', 'load:9! view:3*!')).toBe('find:1! load:2*! view:3*!')
  // A member of an aggregate may come from another call of the same function.
  expect(borrow('find:1! load:2* view:3*', 'load:9! view:3*!', false)).toBe('find:1! load:2* view:3*!')
  expect(borrow('find:1 other:4*', 'load:9! view:3*!')).toBe('find:1 other:4*')
})
