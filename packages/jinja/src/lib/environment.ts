// Functions of the application get Markup with all its methods.
import '@phial/markup'
import { storedNames } from './analyze/scopes.ts'
import { allBuiltIns } from './built-ins.ts'
import { cachedCode } from './cached-code.ts'
import type { GeneratedCode } from './compile/codegen-template.ts'
import { generate } from './compile/codegen-template.ts'
import { canGenerateCode, loadFactory } from './compile/load.ts'
import { moduleSource } from './compile/module.ts'
import type { Backend, EnvironmentOptions } from './environment-options.ts'
import type { ExtensionClass } from './extensions/extension.ts'
import { extensionClass } from './extensions/table.ts'
import type { BytecodeCache } from './loaders/bytecode-cache.ts'
import type { MaybePromise } from './loaders/loader.ts'
import { afterwards } from './loaders/loader.ts'
import type { TemplateExpression } from './source-environment.ts'
import { SourceEnvironment } from './source-environment.ts'
import type { Template as Tree } from './syntax/ast.ts'
import type { Template } from './template.ts'
import type { CompiledSource, NamedSource, NewTemplate } from './template-loading.ts'
import { templateOf } from './template-loading.ts'
import { tieredSource } from './tiers.ts'

export type { EnvironmentOptions, TemplateExpression }

/**
 * Settings, filters, tests and globals that templates share, and the templates that were loaded. Make one for each
 * application. Change it before the first template is loaded.
 *
 * ```ts
 * const environment = new Environment({ loader: new DictLoader({ 'hi.html': 'Hi {{ name }}!' }), autoescape: true })
 * const template = await environment.getTemplate('hi.html')
 * template.render({ name: 'Ann' }) // Hi Ann!
 * ```
 */
export class Environment<
  Globals extends object = Record<string, unknown>,
> extends SourceEnvironment<Globals> {
  declare readonly linkedTo: Environment | null
  bytecodeCache: BytecodeCache | null
  backend: Backend

  constructor(options: EnvironmentOptions<Globals> = {}) {
    super({ ...options, extensions: (options.extensions ?? []).map(extensionClass) }, [allBuiltIns])
    this.bytecodeCache = options.bytecodeCache ?? null
    this.backend = options.backend ?? 'auto'
  }

  override addExtension(extension: ExtensionClass | string): this {
    return super.addExtension(extensionClass(extension))
  }

  override overlay(options: EnvironmentOptions<Globals> = {}): this {
    return super.overlay({ ...options, extensions: (options.extensions ?? []).map(extensionClass) })
  }

  /** Whether templates become generated code, at least when they run often. If not, they stay closures, which give the same. */
  get generatesCode(): boolean {
    return this.backend === 'code' || (this.backend === 'auto' && canGenerateCode())
  }

  /** The code of a template as the source of a JavaScript module. */
  compile(source: string | Tree, name: string | null = null, filename: string | null = null): string {
    const tree = typeof source === 'string' ? this.parse(source, name, filename) : source
    const text = typeof source === 'string' ? source : null
    return moduleSource(tree, { environment: this, name, filename, source: text })
  }

  override compileTree(tree: Tree, init: NewTemplate): CompiledSource {
    if (!this.generatesCode) return super.compileTree(tree, init)
    // What a sandbox counts must not depend on how often a template has run.
    if (this.backend === 'code' || this.sandboxed) return this.#generatedSource(tree, init)
    return tieredSource(super.compileTree(tree, init), () => this.#generatedSource(tree, init))
  }

  #generatedSource(tree: Tree, init: NewTemplate): CompiledSource {
    const { name = null, filename = null } = init
    const source = typeof init.source === 'string' ? init.source : null
    const code = generate(tree, { environment: this, name, filename, source, mode: 'sync' })
    return this.#compiledSource(() => tree, code)
  }

  override templateFrom(init: NamedSource): MaybePromise<Template> {
    const cache = this.generatesCode ? this.bytecodeCache : null
    if (cache === null) return super.templateFrom(init)
    let parsed: Tree | undefined
    const tree = (): Tree => (parsed ??= this.parse(init.source, init.name, init.filename ?? null))
    return afterwards(cachedCode(this, cache, init, tree), (code) =>
      templateOf(this, init, this.#compiledSource(tree, code)),
    )
  }

  /** @param sync The code of the mode `sync`. */
  #compiledSource(tree: () => Tree, sync: GeneratedCode): CompiledSource {
    return {
      compile: (mode, origin) => {
        const { templateName: name, filename = null, source = null } = origin
        const options = { environment: this, name, filename, source, mode }
        const code = mode === 'sync' ? sync : generate(tree(), options)
        const named = { ...origin, localNames: () => storedNames(tree()) }
        return loadFactory(code, filename ?? name ?? '<template>')(this, named)
      },
      lines: () => sync.lines,
    }
  }
}
