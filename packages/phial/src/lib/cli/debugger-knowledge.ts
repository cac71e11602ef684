import type { AppKnowledge, DebuggedRequest, PanelValues } from '@phial/debugger/node'
import type { HttpException } from '@phial/http'
import type { Phial } from '../app.ts'
import type { RequestContext } from '../context/context.ts'
import type { Request } from '../request.ts'
import { hintsOf } from './debug-hints.ts'
import { templateFrames } from './template-frames.ts'

/** What the pages of the debugger tell of an application of Phial, and which errors are no errors. */
export function describeToDebugger(app: Phial): AppKnowledge {
  return {
    panels: async (request) => {
      const { context } = request as DebuggedRequest & { context?: RequestContext | null }
      const panels: PanelValues[] = []
      if (context) {
        panels.push({ title: 'Route', values: routeValues(context) })
        const form = await formValues(context.request)
        if (form !== null) panels.push({ title: 'Form', values: form })
        const { session } = context as { session?: unknown }
        if (typeof session === 'object' && session !== null) {
          panels.push({ title: 'Session', values: Object.entries(session) })
        }
        const globals = Object.entries(context.g)
        if (globals.length > 0) panels.push({ title: 'g', values: globals })
      }
      return [...panels, { title: 'Config', values: Object.entries(app.config), isFolded: true }]
    },
    hints: (error, request) => hintsOf(error, request, app),
    viewOf: (request) => {
      const { context } = request as DebuggedRequest & { context?: RequestContext | null }
      return context?.endpoint ? app.viewFunctions.get(context.endpoint) : undefined
    },
    templates: templateFrames(app),
    // Errors that are answers come here only where the configuration traps them.
    ignores: (error) => isHttpException(error) && !app.trapHttpException(error),
  }
}

function routeValues({ route, endpoint, params }: RequestContext): Record<string, unknown> {
  if (route === null) return { endpoint: null }
  const methods = route.methods === null ? null : [...route.methods].join(', ')
  return { endpoint, rule: route.rule, methods, ...params }
}

/** The fields of a form, or null if the body is none or cannot be read any more. */
async function formValues(request: Request): Promise<[string, unknown][] | null> {
  if (!/^(?:application\/x-www-form-urlencoded|multipart\/form-data)$/.test(request.mimetype)) return null
  try {
    return [...(await request.form()).entries()]
  } catch {
    return null
  }
}

/** By its shape: the project may have another copy of the framework than the command. */
function isHttpException(error: unknown): error is HttpException {
  return error instanceof Error && typeof (error as Partial<HttpException>).getResponse === 'function'
}
