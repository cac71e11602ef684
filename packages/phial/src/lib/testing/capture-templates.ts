import type { Template } from '@phial/jinja'
import type { Phial } from '../app.ts'
import { templateRendered } from '../signals/app-signals.ts'
import type { TemplateValues } from '../templating/template-registry.ts'

/** A template that was rendered. */
export interface RenderedTemplate {
  readonly template: Template
  /** What it was rendered with: the values of the call and those of context processors. */
  readonly values: TemplateValues
}

/**
 * Takes the templates that an application renders into a list, which fills as it renders. Those of `streamTemplate` are
 * in it from the start of the stream.
 *
 * ```ts
 * const rendered = captureTemplates(app)
 * await app.testClient().get('/')
 * expect(rendered[0].template.name).toBe('index.html')
 * ```
 */
export function captureTemplates(app: Phial): RenderedTemplate[] {
  const rendered: RenderedTemplate[] = []
  templateRendered.connect((_app, { template, values }) => void rendered.push({ template, values }), {
    sender: app,
  })
  return rendered
}
