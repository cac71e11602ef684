import { DuplicateRuleError } from './errors.ts'
import type { MatchTarget } from './match-target.ts'
import { createPartMatcher, type PartMatcher } from './part-matcher.ts'
import { compareWeights, type PartItem, type RulePart, type Weight } from './rule-parts.ts'
import { TextTable } from './text-table.ts'

/** How an edge is tried: the common kinds are spelt out in the walk, the rest asks a `PartMatcher`. */
export const TEXT_EDGE = 0
export const INTEGER_EDGE = 1
export const REST_EDGE = 2
export const PART_EDGE = 3
export const FINAL_PART_EDGE = 4

/** A step to the next state for text that is not fixed. */
export interface Edge {
  readonly kind: 0 | 1 | 2 | 3 | 4
  readonly next: State
  readonly matcher: PartMatcher
  /** Numbers that a match of it leaves in the captures: two for each parameter. */
  readonly slots: number
  /** Of an integer edge: whether a `-` may stand before the digits. */
  readonly signed: boolean
  /** Of an integer edge: whether it stops at 2^53 − 1. */
  readonly limited: boolean
  /** Of an edge that takes the rest of the path: whether it refuses `.` and `..` segments. */
  readonly rejectDots: boolean
  readonly weight: Weight
  readonly key: string
}

/** A step to the next state for fixed text; those with similar first characters form a list. */
export interface StaticEdge {
  readonly text: string
  readonly next: State
  readonly after: StaticEdge | null
}

/** The targets of a state for one kind of connection: those of the named methods, and the one for all others. */
export interface MethodTable {
  readonly methods: readonly string[]
  /** The target of each method, in the same order. */
  readonly targets: readonly MatchTarget[]
  readonly other: MatchTarget | null
}

/** A place in the machine: the rules that end here and the ways on. */
export class State {
  /** The edge for each fixed segment. */
  readonly statics: Map<string, StaticEdge> = new Map()
  /** Fixed segments in lists by the last bits of their first character, for the quick walk. */
  readonly firsts: (StaticEdge | null)[] = new Array<StaticEdge | null>(32).fill(null)
  /** Where one of these lists would be long: a table of all. */
  crowd: TextTable<StaticEdge> | null = null
  /** The state behind an empty segment: a slash at the end, or two slashes. */
  slash: State | null = null
  /** Ways for other text, in order of preference. */
  readonly edges: Edge[] = []
  /** The state behind a segment of any text, where that is the only way on. */
  lone: State | null = null
  /** What ends here, in the order of adding. */
  readonly targets: MatchTarget[] = []
  http: MethodTable | null = null
  websocket: MethodTable | null = null
  /** Whether a rule that ends here also answers with a slash behind it. */
  loose = false
}

/** A longer list of fixed segments than this makes a state crowded. */
const CROWD = 6

/** Adds the states for the parts of a rule and returns the last one. */
export function addParts(root: State, parts: readonly RulePart[], rejectDots: boolean): State {
  let state = root
  for (const part of parts)
    state = part.static ? staticState(state, part.text) : dynamicState(state, part, rejectDots)
  return state
}

/**
 * Adds a target at its last state.
 *
 * @throws DuplicateRuleError with `rejectDuplicates`, if another rule there answers the same requests.
 */
export function addTarget(state: State, target: MatchTarget, rejectDuplicates: boolean): void {
  if (rejectDuplicates) {
    const existing = state.targets.find((other) => overlaps(other, target))
    if (existing !== undefined) throw new DuplicateRuleError(existing.rule, target.rule)
  }
  state.targets.push(target)
  if (!target.rule.strictSlashes) state.loose = true
  const table = methodTable(state.targets, target.rule.websocket)
  if (target.rule.websocket) state.websocket = table
  else state.http = table
}

function staticState(state: State, text: string): State {
  const known = state.statics.get(text)
  if (known !== undefined) return known.next
  const bucket = text.charCodeAt(0) & 31
  const edge = { text, next: new State(), after: text === '' ? null : state.firsts[bucket]! }
  state.statics.set(text, edge)
  if (text === '') state.slash = edge.next
  else {
    state.firsts[bucket] = edge
    state.lone = null
    if (lengthOf(edge) > CROWD) state.crowd ??= tableOf(state.statics)
    state.crowd?.add(text, edge)
  }
  return edge.next
}

function tableOf(statics: ReadonlyMap<string, StaticEdge>): TextTable<StaticEdge> {
  const table = new TextTable<StaticEdge>()
  for (const [text, edge] of statics) table.add(text, edge)
  return table
}

function lengthOf(list: StaticEdge): number {
  let length = 0
  for (let edge: StaticEdge | null = list; edge !== null; edge = edge.after) length++
  return length
}

function dynamicState(state: State, part: RulePart & { static: false }, rejectDots: boolean): State {
  const known = state.edges.find((edge) => edge.key === part.key)
  if (known !== undefined) return known.next
  const edge = createEdge(part, rejectDots)
  const place = state.edges.findIndex((other) => compareWeights(edge.weight, other.weight) < 0)
  state.edges.splice(place === -1 ? state.edges.length : place, 0, edge)
  const fixed = state.firsts.some((first) => first !== null)
  state.lone = edge.kind === TEXT_EDGE && state.edges.length === 1 && !fixed ? edge.next : null
  return edge.next
}

function createEdge(part: RulePart & { static: false }, rejectDots: boolean): Edge {
  const [only] = part.items.length === 1 ? part.items : []
  const digits = only?.kind === 'digits' ? only : { signed: false, limited: false }
  const matcher = createPartMatcher(part.items)
  return {
    kind: edgeKind(only, part.final),
    next: new State(),
    matcher,
    slots: 2 * matcher.parameters,
    signed: digits.signed,
    limited: digits.limited,
    rejectDots,
    weight: part.weight,
    key: part.key,
  }
}

function edgeKind(only: PartItem | undefined, final: boolean): Edge['kind'] {
  if (final) return only?.kind === 'path' ? REST_EDGE : FINAL_PART_EDGE
  if (only?.kind === 'digits') return INTEGER_EDGE
  return only?.kind === 'text' && only.min === 1 && only.max === Infinity ? TEXT_EDGE : PART_EDGE
}

/** For each method that a rule names, the first target that takes it; and the first that takes all. */
function methodTable(targets: readonly MatchTarget[], websocket: boolean): MethodTable {
  const candidates = targets.filter((target) => target.rule.websocket === websocket)
  const byMethod = new Map<string, MatchTarget>()
  for (const { rule } of candidates) {
    for (const method of rule.methods ?? []) {
      const first = candidates.find(
        (target) => target.rule.methods === null || target.rule.methods.has(method),
      )
      if (first !== undefined) byMethod.set(method, first)
    }
  }
  const other = candidates.find((target) => target.rule.methods === null) ?? null
  return { methods: [...byMethod.keys()], targets: [...byMethod.values()], other }
}

function overlaps(a: MatchTarget, b: MatchTarget): boolean {
  if (a.rule.websocket !== b.rule.websocket) return false
  const [first, second] = [a.rule.methods, b.rule.methods]
  if (first === null || second === null) return true
  return [...first].some((method) => second.has(method))
}
