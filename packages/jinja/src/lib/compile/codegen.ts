import type { Contents } from '../analyze/contents.ts'
import { contentsOf, undeclaredIn } from '../analyze/contents.ts'
import type { Load } from '../analyze/symbols.ts'
import { TemplateAssertionError } from '../errors.ts'
import type { Block, Expression, Node, Position, Statement, Template } from '../syntax/ast.ts'
import { textCode } from './constant.ts'
import type { Constant } from './fold.ts'
import { Folder } from './fold.ts'
import type { EvalState, Frame, FunctionScope } from './frame.ts'
import type { CompileOptions, CompilerEnvironment } from './options.ts'
import { Printer } from './printer.ts'
import { countStores } from './store-count.ts'
import type { Place } from './writer.ts'
import { Writer } from './writer.ts'

/** An expression of the generated code, and what is known about its value. */
export interface Code {
  readonly code: string
  /**
   * `any`: nothing. `text`: a JavaScript string that is plain text. `int`: a whole number, not negative. `bool`: a
   * JavaScript boolean. `html`: what a macro or block printed, which is safe HTML where printed values are escaped; as a
   * value it must be marked. `escaped`: what is printed as it is; no value.
   */
  readonly type: 'any' | 'text' | 'int' | 'bool' | 'html' | 'escaped'
}

/** What generates code for the kinds of nodes: one module for each family. */
export interface Generators {
  statement(gen: Codegen, node: Statement, frame: Frame): boolean
  typed(gen: Codegen, node: Expression, frame: Frame): Code
}

/** The state of code generation, and what all families of nodes use. */
export class Codegen {
  readonly environment: CompilerEnvironment
  readonly name: string | null
  readonly isAsync: boolean
  readonly isStream: boolean
  readonly isNative: boolean
  readonly isPortable: boolean
  /** Whether the code counts what it uses up. */
  readonly isMetered: boolean
  readonly writer: Writer = new Writer()
  readonly state: EvalState
  readonly contents: Contents
  readonly blocks: ReadonlyMap<string, Block>
  /** Whether the template extends another one, anywhere. */
  readonly extendsSome: boolean
  /** Where lines of the template begin in the code. */
  readonly lines: [templateLine: number, codeLine: number][] = []
  /** How many `extends` were generated so far. */
  extendsSoFar = 0
  /** Whether the template is known to extend another one from here on. */
  hasKnownExtends = false
  /** The variable with the context in which names are looked up. */
  contextRef = 'context'
  readonly #filename: string | null
  readonly #source: string | null
  readonly #generators: Generators
  readonly #folder: Folder
  readonly #runtimeNames = new Set<string>()
  readonly #hoisted = new Map<string, string>()
  readonly #constants: string[] = []
  #counter = 0
  readonly #printer: Printer

  constructor(template: Template, options: CompileOptions, generators: Generators) {
    this.environment = options.environment
    this.name = options.name
    this.#filename = options.filename
    this.#source = options.source ?? null
    this.isAsync = options.mode === 'async' || options.mode === 'asyncStream'
    this.isStream = options.mode === 'stream' || options.mode === 'asyncStream'
    this.isNative = options.environment.isNative
    this.isPortable = options.isPortable === true
    this.isMetered = options.environment.sandboxed
    this.state = { autoescape: options.environment.autoescapeFor(options.name), volatile: false }
    this.#generators = generators
    this.#printer = new Printer(this.writer, {
      isNative: this.isNative,
      counted: (code) => (this.isMetered ? `${this.rt('counted')}(context, "" + ${code})` : code),
    })
    this.#folder = new Folder(options.environment, this.isAsync)
    this.contents = contentsOf(template)
    const blocks = new Map<string, Block>()
    for (const block of this.contents.blocks) {
      if (blocks.has(block.name)) this.fail(`block '${block.name}' defined twice`, block)
      blocks.set(block.name, block)
    }
    this.blocks = blocks
    this.extendsSome = this.contents.kinds.has('Extends')
  }

  // ------------------------------------------------------------- nodes

  /** Generates statements. False if nothing behind them can be reached. */
  statements(nodes: readonly Statement[], frame: Frame): boolean {
    for (const node of nodes) if (!this.#generators.statement(this, node, frame)) return false
    return true
  }

  /** An expression, with what is known of its value. */
  typed(node: Expression, frame: Frame): Code {
    return this.#generators.typed(this, node, frame)
  }

  /** An expression as a value. */
  value(node: Expression, frame: Frame): string {
    return this.asValue(this.typed(node, frame))
  }

  /**
   * An expression as a value that may be missing, without the undefined value that reading it would make: for tests
   * such as `defined`.
   */
  raw(node: Expression, frame: Frame): string {
    if (node.kind === 'Name' && node.ctx === 'load') return this.awaited(frame.symbols.ref(node.name))
    return this.value(node, frame)
  }

  asValue({ code, type }: Code): string {
    if (type !== 'html') return code
    if (this.state.volatile || this.state.autoescape) return `${this.rt('marked')}(context, ${code})`
    return code
  }

  /** An expression as a condition. */
  test(node: Expression, frame: Frame): string {
    if (node.kind === 'Logical' && this.fold(node) === null) {
      return `(${this.test(node.left, frame)} ${node.op === 'and' ? '&&' : '||'} ${this.test(node.right, frame)})`
    }
    const { code, type } = this.typed(node, frame)
    switch (type) {
      case 'bool':
        return code
      case 'int':
        return `${code} !== 0`
      case 'text':
      case 'html':
        if (!this.isNative) return `${code} !== ""`
    }
    return `${this.rt('isTrue')}(${code})`
  }

  fold(node: Expression): Constant | null {
    if (!this.environment.optimized || this.state.volatile) return null
    return this.#folder.fold(node, this.state)
  }

  /** The value of a literal, or of a constant expression: what printing and `autoescape` look at. */
  foldOutput(node: Expression): Constant | null {
    return this.#folder.fold(node, this.state)
  }

  /** How often names are stored in a frame, if that is of use: in templates with macros. */
  storeCounts(nodes: readonly Node[]): ReadonlyMap<string, number> | null {
    return this.contents.kinds.has('Macro') ? countStores(nodes) : null
  }

  /** Which of the names nodes read without having been given them there. */
  undeclaredNames(nodes: readonly Node[], names: readonly string[]): ReadonlySet<string> {
    return undeclaredIn(this.contents, nodes, names)
  }

  // --------------------------------------------------------- variables

  /** A function or class of the runtime. */
  rt(name: string): string {
    this.#runtimeNames.add(name)
    return name
  }

  runtimeNames(): string[] {
    return Array.from(this.#runtimeNames).sort()
  }

  /** A variable for a value that is made once for each environment. */
  hoist(code: string): string {
    return this.hoistOnce(code, () => code)
  }

  /** As {@link hoist}, for code that is written when a key is new. */
  hoistOnce(key: string, code: () => string): string {
    let variable = this.#hoisted.get(key)
    if (variable === undefined) {
      variable = `k${this.#hoisted.size + 1}`
      this.#hoisted.set(key, variable)
      this.#constants.push(`${variable} = ${code()}`)
    }
    return variable
  }

  hoisted(): string {
    return this.#constants.length === 0 ? '' : `const ${this.#constants.join(', ')}; `
  }

  /** A name that is used nowhere else. */
  unique(prefix: string): string {
    return `${prefix}${++this.#counter}`
  }

  /** A variable of the function for a value that an expression needs twice. */
  temporary(frame: Frame): string {
    const name = this.unique('t')
    frame.fn.temporaries.push(name)
    return name
  }

  /** Awaits a value if it is a promise, in async templates. */
  awaited(code: string): string {
    return this.isAsync ? `(${this.rt('isPromise')}(p = ${code}) ? await p : p)` : code
  }

  /** A value that was made here, counted where that is limited. */
  made(code: string): string {
    return this.isMetered ? `${this.rt('made')}(context, ${code})` : code
  }

  /** Counts a step, where they are limited. */
  step(): void {
    if (this.isMetered) this.write(`${this.rt('step')}(context);`)
  }

  /** The value of a variable that may be missing. */
  loaded(ref: string, name: string, fn: FunctionScope): string {
    const code = (value: string): string =>
      `(${value} === undefined ? ${this.rt('undefinedName')}(env, ${textCode(name)}) : ${value})`
    if (!this.isShared(this.contents.names.get(name), fn)) return code(ref)
    return `${this.hoistOnce(`name ${name}`, () => `(o) => ${code('o')}`)}(${ref})`
  }

  /**
   * Whether a function of the code does what the template does in many places, so that there is less to compile. In
   * place it is faster, so that code that runs often shares later.
   */
  isShared(places: number | undefined, fn: FunctionScope): boolean {
    return places !== undefined && places > (fn.openLoops > 0 || fn.isMacro ? 8 : 1)
  }

  /** Declares the variables of a frame. */
  enterFrame(frame: Frame): void {
    const declared: string[] = []
    for (const [ref, load] of frame.symbols.loads) {
      const code = this.#initial(load, frame.fn)
      if (code !== null) declared.push(code === '' ? ref : `${ref} = ${code}`)
    }
    if (declared.length > 0) this.write(`let ${declared.join(', ')};`)
  }

  #initial(load: Load, fn: FunctionScope): string | null {
    switch (load.kind) {
      case 'parameter':
        return null
      case 'undefined':
        return ''
      case 'alias':
        return load.target
      case 'resolve':
        return this.resolved(load.name, fn)
    }
  }

  /** The value of a name in the context. It cannot change while a function runs, so it is looked up once. */
  resolved(name: string, fn: FunctionScope): string {
    const lookup = `resolveOrMissing(${textCode(name)})`
    if (this.contextRef !== 'context') return `${this.contextRef}.${lookup}`
    const variable = `r_${name}`
    fn.resolved.set(name, variable)
    return variable
  }

  /** The variables of the scope as an object, or `null` if there are none. */
  localsCode(frame: Frame): string {
    const locals: string[] = []
    for (const [name, ref] of frame.symbols.visibleStores()) {
      if (frame.findInlineLoop(ref) === undefined) locals.push(`${textCode(name)}: ${ref}`)
    }
    return locals.length === 0 ? 'null' : `{${locals.join(', ')}}`
  }

  derivedContext(frame: Frame): string {
    return `${this.contextRef}.derived(${this.localsCode(frame)})`
  }

  // ------------------------------------------------------------ writing

  /** Writes a statement of the code. */
  write(code: string): void {
    this.flush()
    this.writer.write(`${code} `)
  }

  /** Says which line of the template runs. */
  line(frame: Frame, line: number): void {
    if (frame.fn.line === line) return
    // Text can wait for what follows it: nothing goes wrong where it is printed, if it is not counted.
    if (this.isMetered || !this.#printer.hasTextAlone(frame)) this.flush()
    this.writer.toLine(line)
    this.writer.write(`ln = ${line}; `)
    this.lines.push([line, this.writer.line])
    frame.fn.line = line
  }

  /** Prints text that is known. */
  printText(frame: Frame, text: string): void {
    this.#printer.text(frame, text)
  }

  /** Prints an expression: text, or a value in native environments. */
  print(frame: Frame, code: string): void {
    this.#printer.code(frame, code)
  }

  /** Prints what a template or block gives: text, an array of values, or an iterator in streams. */
  printPieces(frame: Frame, code: string): void {
    const awaited = this.isAsync && !this.isStream ? `await ${code}` : code
    if (frame.isStreamed) {
      const { buffer } = frame
      const before = this.isNative ? '' : `if (${buffer} !== "") { yield ${buffer}; ${buffer} = ""; } `
      this.write(`${before}yield* ${code};`)
    } else if (this.isStream) {
      const whole = `${this.isAsync ? 'await ' : ''}${this.rt('wholeText')}(context, ${code})`
      this.print(frame, whole)
    } else if (this.isNative) this.write(`${frame.buffer}.push(...${awaited});`)
    else this.print(frame, awaited)
  }

  /** Writes what is to be printed. */
  flush(): void {
    this.#printer.flush()
  }

  /** Declares a variable that collects what is printed, and makes the frame print there. */
  openBuffer(frame: Frame, name: string = this.unique('out')): void {
    this.write(`let ${name} = ${this.isNative ? '[]' : '""'};`)
    frame.buffer = name
    frame.isStreamed = false
  }

  /** What a buffer has collected: text, or a value in native environments. */
  bufferContent(frame: Frame): string {
    return this.isNative ? `env.concat(${frame.buffer})` : frame.buffer
  }

  /** Reserves the beginning of a function, for {@link fillHeader}. */
  reserveHeader(): Place {
    this.flush()
    return this.writer.reserve()
  }

  /** Declares what the function turned out to need. */
  fillHeader(place: Place, fn: FunctionScope): void {
    const temporaries = ['t', 'v', ...(this.isAsync ? ['p'] : []), ...fn.temporaries]
    const resolved = Array.from(fn.resolved, ([name, variable]) => `${variable} = ${lookupCode(name)}`)
    const names = resolved.length === 0 ? '' : `const g = context.given, ${resolved.join(', ')}; `
    this.writer.fill(place, `let ${temporaries.join(', ')}; ${names}`)
  }

  /** @throws {TemplateAssertionError} */
  fail(message: string, { line, column }: Position, hint: string | null = null): never {
    const place = {
      templateName: this.name,
      filename: this.#filename,
      source: this.#source,
      lineno: line,
      column,
    }
    throw new TemplateAssertionError(message, place, hint)
  }
}

/** Looks a variable up. Most are properties of the object that was given, which take no call. */
function lookupCode(name: string): string {
  const lookup = `context.resolveOrMissing(${textCode(name)})`
  if (name === '__proto__') return lookup
  // Functions may be what all objects inherit.
  return `(t = g.${name}) !== undefined && typeof t !== "function" ? t : ${lookup}`
}
