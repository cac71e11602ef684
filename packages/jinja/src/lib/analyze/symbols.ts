/** How a variable of a frame gets its first value. */
export type Load =
  /** From outside: the parameter of a macro, the target of a loop, `loop`, `self`. */
  | { readonly kind: 'parameter' }
  /** From the context, by its name. */
  | { readonly kind: 'resolve'; readonly name: string }
  /** From the variable of the same name in a frame outside. */
  | { readonly kind: 'alias'; readonly target: string }
  /** It has none until something is stored. */
  | { readonly kind: 'undefined' }

const PARAMETER: Load = { kind: 'parameter' }
const UNDEFINED: Load = { kind: 'undefined' }

/**
 * The names of one frame, and the variables that stand for them. A frame is a part of a template with a scope of its
 * own: the template, a block, a macro, the body of a loop, `with`. Conditions have none; they are analyzed as branches
 * that are merged.
 */
export class Symbols {
  readonly level: number
  readonly parent: Symbols | null
  /** From names to the variables of this frame. */
  readonly refs: Map<string, string>
  /** From the variables of this frame to where they come from. */
  readonly loads: Map<string, Load>
  /** The names that this frame stores. */
  readonly stores: Set<string>
  readonly #prefix: string
  /** The frame of which this is a branch. */
  readonly #trunk: Symbols | null

  /** @param prefix Begins the names of variables; frames of one level that see each other need different ones. */
  constructor(
    parent: Symbols | null = null,
    level: number = parent ? parent.level + 1 : 0,
    prefix = 'l',
    trunk: Symbols | null = null,
  ) {
    this.#trunk = trunk
    this.parent = parent
    this.level = level
    this.refs = new Map()
    this.loads = new Map()
    this.stores = new Set()
    this.#prefix = prefix
  }

  /** The same frame in one branch of a condition, which holds what the branch adds. See {@link mergeBranches}. */
  branch(): Symbols {
    return new Symbols(this.parent, this.level, this.#prefix, this)
  }

  /** The variable of a name, here or outside. */
  findRef(name: string): string | undefined {
    return this.refs.get(name) ?? (this.#trunk ?? this.parent)?.findRef(name)
  }

  /** As {@link findRef}, for names that the analysis has seen. */
  ref(name: string): string {
    const ref = this.findRef(name)
    if (ref === undefined) throw new Error(`The name '${name}' was not seen when the frame was analyzed.`)
    return ref
  }

  findLoad(ref: string): Load | undefined {
    return this.loads.get(ref) ?? (this.#trunk ?? this.parent)?.findLoad(ref)
  }

  /** A value is stored under the name. */
  store(name: string): void {
    this.stores.add(name)
    if (this.#isKnown(name)) return
    const outer = this.parent?.findRef(name)
    this.#define(name, outer === undefined ? UNDEFINED : { kind: 'alias', target: outer })
  }

  /** The name is read. */
  load(name: string): void {
    if (this.findRef(name) === undefined) this.#define(name, { kind: 'resolve', name })
  }

  /** The name gets its value from outside. Gives its variable. */
  declareParameter(name: string): string {
    this.stores.add(name)
    return this.#define(name, PARAMETER)
  }

  /** Merges what the branches of a condition do. A name that only some of them store may keep its value from outside. */
  mergeBranches(branches: readonly Symbols[]): void {
    const stored = new Set<string>()
    for (const branch of branches) {
      for (const name of branch.stores) if (!this.#isStored(name)) stored.add(name)
    }
    for (const branch of branches) {
      for (const [name, ref] of branch.refs) this.refs.set(name, ref)
      for (const [ref, load] of branch.loads) this.loads.set(ref, load)
      for (const name of branch.stores) this.stores.add(name)
    }
    for (const name of stored) {
      const outer = this.parent?.findRef(name)
      this.loads.set(
        this.ref(name),
        outer === undefined ? { kind: 'resolve', name } : { kind: 'alias', target: outer },
      )
    }
  }

  /** All names that are stored here or outside, with their variables: what an included template sees. */
  visibleStores(): Map<string, string> {
    const visible = new Map<string, string>()
    for (let symbols: Symbols | null = this; symbols !== null; symbols = symbols.parent) {
      for (const name of Array.from(symbols.stores).sort()) {
        if (!visible.has(name)) visible.set(name, this.ref(name))
      }
    }
    return visible
  }

  #isKnown(name: string): boolean {
    if (this.refs.has(name)) return true
    return this.#trunk === null ? false : this.#trunk.#isKnown(name)
  }

  #isStored(name: string): boolean {
    if (this.stores.has(name)) return true
    return this.#trunk === null ? false : this.#trunk.#isStored(name)
  }

  #define(name: string, load: Load): string {
    const ref = `${this.#prefix}_${this.level}_${name}`
    this.refs.set(name, ref)
    this.loads.set(ref, load)
    return ref
  }
}
