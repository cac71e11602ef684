import { escapeToString, Markup } from '@phial/markup/core'
import { escapeIf } from '../runtime/output.ts'
import type { Expression, Output, TemplateData } from '../syntax/ast.ts'
import { passedArgument } from '../values/call.ts'
import { toText } from '../values/python-text.ts'
import { signatureOf } from '../values/signature.ts'
import { escapeText } from '../values/text-value.ts'
import { buildExpression } from './expressions.ts'
import type { Frame } from './frame.ts'
import { afterwards, sequence, statement, strict1 } from './pending.ts'
import type { InterpreterEnvironment, Place } from './place.ts'
import type { Expr, Step } from './step.ts'

/** `{{ value }}` and text. */
export function buildOutput(place: Place, node: Output): Step {
  // What a child template prints outside of blocks is dropped.
  if (place.requiresOutputCheck && place.unit.hasKnownExtends) return () => undefined
  const groups = constantGroups(place, node.nodes)
  const { environment, isAsync } = place.unit
  const isPlain = !isAsync && !environment.isNative && !environment.sandboxed && environment.finalize === null
  const step = isPlain
    ? printGroups(place, groups)
    : sequence(
        isAsync,
        groups.map((part) => (typeof part === 'string' ? printText(place, part) : printValue(place, part))),
      )
  if (!place.requiresOutputCheck) return step
  return (frame) => (frame.parent === null ? step(frame) : undefined)
}

/** Prints parts behind each other, where nothing else is to be done for them than to make text of them. */
function printGroups(place: Place, groups: readonly (string | Expression)[]): Step {
  const [first] = groups
  if (groups.length === 1) {
    if (typeof first === 'string') return printText(place, first)
    const print = textOf(place, first!)
    return (frame) => {
      frame.out += print(frame)
      return undefined
    }
  }
  const parts = groups.map((part) => (typeof part === 'string' ? part : textOf(place, part)))
  return (frame) => {
    let text = ''
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index]!
      text += typeof part === 'string' ? part : part(frame)
    }
    frame.out += text
    return undefined
  }
}

/** The text that an expression prints. */
function textOf(place: Place, node: Expression): (frame: Frame) => string {
  const value = buildExpression(place, node)
  const { line } = node
  if (place.state.volatile) {
    return (frame) => {
      frame.line = line
      return escapeIf(frame.context, value(frame))
    }
  }
  if (place.state.autoescape) {
    return (frame) => {
      frame.line = line
      const result = value(frame)
      return typeof result === 'string' ? escapeToString(result) : escapeText(result)
    }
  }
  return (frame) => {
    frame.line = line
    const result = value(frame)
    return typeof result === 'string' ? result : toText(result)
  }
}

/** The parts of an output, with neighbours put together that are known already. */
function constantGroups(
  place: Place,
  nodes: readonly (TemplateData | Expression)[],
): (string | Expression)[] {
  const groups: (string | Expression)[] = []
  for (const node of nodes) {
    const text = constantText(place, node)
    if (text === null) groups.push(node)
    else if (typeof groups.at(-1) === 'string') groups.push(`${String(groups.pop())}${text}`)
    else groups.push(text)
  }
  return groups
}

/** What a constant prints, or `null`. It goes through `finalize` as in Jinja: escaped already. */
function constantText(place: Place, node: TemplateData | Expression): string | null {
  const { environment, folder } = place.unit
  // Where escaping is known only when the template runs, Jinja gives text to `finalize` too.
  if (node.kind === 'TemplateData') {
    return place.state.volatile && environment.finalize !== null ? null : node.data
  }
  const finalize = environment.finalize as ((...args: unknown[]) => unknown) | null
  const pass = finalize === null ? undefined : signatureOf(finalize)?.pass
  if (pass === 'context' || pass === 'evalContext') return null
  const constant = folder.fold(node, place.state)
  if (constant === null) return null
  const value =
    place.state.autoescape && !environment.isNative ? markSafeText(constant.value) : constant.value
  if (finalize === null) return toText(value)
  try {
    return toText(finalize(...(pass === 'environment' ? [environment] : []), value))
  } catch {
    return null
  }
}

function markSafeText(value: unknown): Markup {
  return new Markup(escapeText(value))
}

function printText(place: Place, text: string): Step {
  const { environment } = place.unit
  if (environment.isNative || environment.sandboxed) return (frame) => printRaw(environment, frame, text)
  return (frame) => {
    frame.out += text
    return undefined
  }
}

function printValue(place: Place, node: Expression): Step {
  const value = finalized(place, buildExpression(place, node))
  const print = printer(place)
  return statement(place.unit.isAsync, node.line, value, (frame, settled) => {
    print(frame, settled)
    return undefined
  })
}

function finalized(place: Place, value: Expr): Expr {
  const { environment, isAsync } = place.unit
  const finalize = environment.finalize as ((...args: unknown[]) => unknown) | null
  if (finalize === null) return value
  const pass = signatureOf(finalize)?.pass
  return strict1(isAsync, value, (frame, given) =>
    pass === undefined ? finalize(given) : finalize(passedArgument(pass, frame.context), given),
  )
}

/** How values are printed at a place: as text, escaped or not, or as they are. */
function printer(place: Place): (frame: Frame, value: unknown) => void {
  const { environment } = place.unit
  if (environment.isNative) return (frame, value) => printRaw(environment, frame, value)
  const toPiece: (frame: Frame, value: unknown) => string = place.state.volatile
    ? (frame, value) => escapeIf(frame.context, value)
    : place.state.autoescape
      ? (_, value) => (typeof value === 'string' ? escapeToString(value) : escapeText(value))
      : (_, value) => (typeof value === 'string' ? value : toText(value))
  if (environment.sandboxed) return (frame, value) => printRaw(environment, frame, toPiece(frame, value))
  return (frame, value) => {
    frame.out += toPiece(frame, value)
  }
}

/** Prints text as it is, or a value in native environments. */
export function printRaw(environment: InterpreterEnvironment, frame: Frame, piece: unknown): undefined {
  if (environment.isNative) frame.pieces.push(piece)
  else {
    const text = piece as string
    frame.context.meter?.print(text.length)
    frame.out += text
  }
  return undefined
}

/** What was printed so far, as a value. */
export function printedValue(environment: InterpreterEnvironment, frame: Frame): unknown {
  return environment.isNative ? environment.concat(frame.pieces) : frame.out
}

/** Runs a part of a function and gives what it printed, in place of printing it. */
export function capture(
  place: Place,
  body: Step,
  then: (frame: Frame, printed: unknown) => ReturnType<Step>,
): Step {
  const { environment } = place.unit
  return (frame) => {
    const { out, pieces } = frame
    frame.out = ''
    if (environment.isNative) frame.pieces = []
    const finish = (signal: Awaited<ReturnType<Step>>): ReturnType<Step> => {
      const printed = printedValue(environment, frame)
      frame.out = out
      frame.pieces = pieces
      return signal === undefined ? then(frame, printed) : signal
    }
    return afterwards(body(frame), finish)
  }
}
