import { MARK } from '../javascript/awaiting.ts'
import type { LiveFrame, TemplateFrame, TemplateFrames } from '../live-frame.ts'
import { type MergedFrames, mergeFrames } from '../merge-frames.ts'
import { parseStack } from '../parse-stack.ts'
import { kindOfUrl, type ProjectFolders } from '../project.ts'
import { type AwaitingFrame, takeAwaitingFrames } from './await-frames.ts'
import type { Capture, CapturedFrame, FrameCapture } from './capture.ts'
import { safeEvaluate } from './safe-evaluate.ts'
import type { SourceMaps } from './source-maps.ts'

/** What knows the frames of errors. */
export interface FrameFinder {
  readonly folders: ProjectFolders
  /** Where the debugger itself lies: its frames are part of every stack, and say nothing. */
  readonly ownFolder: string
  readonly capture: FrameCapture | null
  readonly maps: SourceMaps
  readonly templates: TemplateFrames | null
}

/** All frames of a thrown value. What was captured for it is taken: a second call finds the stack alone. */
export function findFrames(error: unknown, finder: FrameFinder): MergedFrames {
  const capture = finder.capture?.take(error) ?? null
  const awaiting = takeAwaitingFrames(error).filter((frame) => !isCaptured(frame, capture))
  const { frames, madeAt } = mergeFrames({
    stack: stackFrames(error, finder),
    captured: capture?.frames.map((frame) => capturedFrame(frame, finder)) ?? [],
    awaiting: awaiting.map((frame) => awaitingFrame(frame)),
  })
  const others = frames.filter(
    ({ kind, url }) => kind === 'application' || !url?.startsWith(finder.ownFolder),
  )
  return { frames: withTemplates(others, error, finder.templates), madeAt }
}

/** An async function that throws passes its own mark on; it is the frame that was captured. */
function isCaptured({ mark }: AwaitingFrame, capture: Capture | null): boolean {
  return (
    capture?.frames.some((frame) => {
      try {
        return frame.evaluate?.(MARK) === mark
      } catch {
        return false
      }
    }) ?? false
  )
}

function stackFrames(error: unknown, { folders, maps }: FrameFinder): LiveFrame[] {
  const { stack, message } = readStack(error)
  // Node has mapped them already then; a second time gives wrong lines.
  const isMapped = (process as { sourceMapsEnabled?: boolean }).sourceMapsEnabled === true
  return parseStack(stack, message).map(({ functionName, url, line, column, isAsync }) => {
    const place =
      isMapped || url === null || line === null || column === null ? null : maps.original(url, line, column)
    const shown = withoutQuery(place?.url ?? url)
    return {
      kind: shown === null ? 'runtime' : kindOfUrl(shown, folders),
      functionName: functionName !== null && NAMELESS.test(functionName) ? null : functionName,
      url: shown,
      shownFile: null,
      line: place?.line ?? line,
      column: place?.column ?? column,
      isAwaiting: isAsync,
      content: place?.content ?? null,
      evaluate: null,
      read: null,
      scopes: [],
    }
  })
}

/** What holds a function that has no name says nothing: views and hooks lie in lists. */
const NAMELESS = /^(?:(?:Array|Object)\.)?<anonymous>$/

/** Loaders tell copies of a module apart by a query. */
function withoutQuery(url: string | null): string | null {
  return url?.startsWith('file:') ? url.replace(/[?#].*$/, '') : url
}

/** A program may put anything into the place of a stack. */
function readStack(error: unknown): { stack: string; message: string } {
  try {
    const { stack, message } = error as { stack?: unknown; message?: unknown }
    return {
      stack: typeof stack === 'string' ? stack : '',
      message: typeof message === 'string' ? message : '',
    }
  } catch {
    return { stack: '', message: '' }
  }
}

function capturedFrame(frame: CapturedFrame, { folders, maps }: FrameFinder): LiveFrame {
  const { url: mapped, line, column, content } = maps.original(frame.url, frame.line, frame.column)
  const url = withoutQuery(mapped)!
  return {
    kind: kindOfUrl(url, folders),
    functionName: frame.functionName === '' ? null : frame.functionName,
    url,
    shownFile: null,
    line,
    column,
    isAwaiting: false,
    content,
    evaluate: safeEvaluate(frame),
    read: null,
    scopes: frame.scopes,
    self: frame.self,
  }
}

function awaitingFrame({ url, functionName, line, column, names, evaluate }: AwaitingFrame): LiveFrame {
  return {
    kind: 'application',
    functionName: functionName === '' ? null : functionName,
    url,
    shownFile: null,
    line,
    column,
    isAwaiting: true,
    content: null,
    evaluate,
    read: null,
    scopes: [{ type: 'local', names }],
  }
}

/** The frames of templates in the place of their generated code, before those of the engine, which are a library's. */
function withTemplates(
  frames: readonly LiveFrame[],
  error: unknown,
  templates: TemplateFrames | null,
): readonly LiveFrame[] {
  if (templates === null) return frames
  const found = templates.framesOf(error)
  if (found.length === 0) return frames
  // Frames of generated code carry the file of their template; from the inside to the outside both lists run alike.
  const generated = new Set<LiveFrame>()
  let next = 0
  const own = found.map((frame): LiveFrame => {
    const { name, file, line, column, part, source } = frame
    const url = file === null || file === undefined ? null : pathUrl(file)
    const at = url === null ? -1 : frames.findIndex((one, index) => index >= next && one.url === url)
    if (at >= 0) {
      generated.add(frames[at]!)
      next = at + 1
    }
    return {
      kind: 'template',
      functionName: part ?? null,
      url,
      shownFile: name,
      line,
      column: column ?? null,
      isAwaiting: false,
      content: source ?? null,
      ...insightOf(frame, at < 0 ? null : frames[at]!, templates),
    }
  })
  const isOwn = (frame: LiveFrame): boolean => generated.has(frame) || templates.owns(frame)
  const place = frames.findIndex(isOwn)
  const rest = (part: readonly LiveFrame[]): LiveFrame[] =>
    part
      .filter((frame) => !generated.has(frame) && !isPlaceInText(frame, found))
      .map((frame) => (templates.owns(frame) ? { ...frame, kind: 'library' as const } : frame))
  return [...rest(frames.slice(0, Math.max(0, place))), ...own, ...rest(frames.slice(Math.max(0, place)))]
}

/** Whether a line of the stack is one that the engine has put there for readers: `at list.html:7`, `at block "body" (…)`. */
function isPlaceInText({ url, line: at, functionName }: LiveFrame, found: readonly TemplateFrame[]): boolean {
  if (url !== null) return found.some(({ name, line }) => url === name && line === at)
  if (functionName === null) return false
  return found.some(
    ({ name, file, line, part }) =>
      functionName === part || functionName === `${name}:${line}` || functionName === `${file}:${line}`,
  )
}

/** The variables and the console of a template: those that its engine gives, or what its generated code shows. */
function insightOf(
  { variables, evaluate }: TemplateFrame,
  code: LiveFrame | null,
  templates: TemplateFrames,
): Pick<LiveFrame, 'evaluate' | 'read' | 'scopes'> {
  if (variables) {
    const scopes = [{ type: 'template', names: Object.keys(variables) }]
    return { evaluate: evaluate ?? null, read: (key) => variables[key], scopes }
  }
  const inCode = code?.evaluate ?? null
  if (code === null || inCode === null) return { evaluate: evaluate ?? null, read: null, scopes: [] }
  const names = code.scopes.flatMap((scope) => scope.names)
  const insight = templates.lookInto?.({ names, evaluate: inCode }) ?? null
  if (insight === null) return { evaluate: evaluate ?? null, read: null, scopes: [] }
  return {
    evaluate: (text) => insight.evaluate(text),
    read: (key) => insight.read(key),
    scopes: [{ type: 'template', names: insight.names }],
  }
}

function pathUrl(path: string): string {
  return new URL(`file://${path.startsWith('/') ? '' : '/'}${encodeURI(path.replaceAll('\\', '/'))}`).href
}
