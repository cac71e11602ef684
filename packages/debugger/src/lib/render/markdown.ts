import type { ErrorReport, ReportedError, ReportedFrame, Variable } from '../report.ts'
import { groupFrames, placeText } from './text.ts'

/** A report in Markdown, for issues and chats: the frames of the application with source and variables. */
export function renderMarkdown(report: ErrorReport): string {
  const parts = report.errors.map(renderError)
  const { request, hints, runtime } = report
  for (const { title, text } of hints) parts.push(`**Hint: ${inline(title)}** ${text}`)
  const facts = [`- ${runtime}`]
  if (request !== null) facts.unshift(`- ${code(`${request.method} ${request.url}`)}`)
  parts.push(facts.join('\n'))
  return `${parts.join('\n\n')}\n`
}

function renderError({ relation, type, message, details, frames }: ReportedError, index: number): string {
  const prefix = relation === '' ? '' : `${relation}: `
  const parts = [
    `${index === 0 ? '#' : '##'} ${inline(prefix)}${inline(type)}\n\n${fence(message === '' ? type : message, 'text')}`,
  ]
  if (details.length > 0) parts.push(variableList(details))
  for (const group of groupFrames(frames)) {
    if (group.folded !== null) parts.push(`_… ${inline(group.folded)}_`)
    else parts.push(...group.frames.map(renderFrame))
  }
  return parts.join('\n\n')
}

function renderFrame(frame: ReportedFrame): string {
  const name = frame.functionName === null ? '' : ` in ${code(frame.functionName)}`
  const parts = [`**${code(placeText(frame))}**${name}${frame.isAwaiting ? ' (awaiting)' : ''}`]
  const { source, line, variables } = frame
  if (source !== null && line !== null) {
    const shown = source.lines
      .map((text, index) => ({ number: source.start + index, text }))
      .filter(({ number }) => Math.abs(number - line) <= 3)
      .map(({ number, text }) => `${number === line ? '>' : ' '} ${String(number).padStart(4)}  ${text}`)
    parts.push(fence(shown.join('\n'), source.language === 'template' ? 'jinja' : 'ts'))
  }
  if (variables !== null && variables.length > 0) parts.push(variableList(variables))
  return parts.join('\n\n')
}

function variableList(variables: readonly Variable[]): string {
  const shown = variables.map(({ name, value }) => `- ${code(name)} = ${code(value.text.slice(0, 200))}`)
  return shown.join('\n')
}

/** A block of code whose fence is longer than any run of backquotes in it. */
function fence(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${language}\n${text}\n${marks}`
}

function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ')
  const longest = Math.max(0, ...Array.from(plain.matchAll(/`+/g), ([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return longest === 0 ? `${marks}${plain}${marks}` : `${marks} ${plain} ${marks}`
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|]/g, '\\$&')
}
