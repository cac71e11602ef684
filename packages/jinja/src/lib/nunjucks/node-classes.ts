import type { BinaryKind, Node, Place } from './nodes.ts'
import { ListNode } from './nodes.ts'

/** Makes a node from its place and its members: `new nodes.Literal(lineno, colno, value)`. */
export interface NodeClass {
  new (...args: unknown[]): Node & { readonly [member: string]: unknown }
}

/** Makes a node that is a list: `new nodes.Output(lineno, colno, children)`. */
export interface ListNodeClass {
  new (
    lineno?: number,
    colno?: number,
    children?: readonly Node[],
  ): Node & { readonly children: Node[]; addChild(child: Node): void }
}

type ListKind = 'NodeList' | 'Root' | 'Output' | 'Group' | 'Array' | 'Dict' | 'KeywordArgs'
type MemberKind =
  | 'Literal'
  | 'Symbol'
  | 'TemplateData'
  | 'Pair'
  | 'LookupVal'
  | 'FunCall'
  | 'Filter'
  | 'InlineIf'
  | 'If'
  | 'IfAsync'
  | 'For'
  | 'AsyncEach'
  | 'AsyncAll'
  | 'Macro'
  | 'Block'
  | 'Extends'
  | 'Include'
  | 'Capture'
  | 'Is'
  | 'Compare'
  | 'CompareOperand'
  | 'Not'
  | 'Neg'
  | 'Pos'
  | BinaryKind

/** The kinds of nodes that extensions can make. */
export type NodeClasses = Readonly<
  Record<ListKind, ListNodeClass> & Record<MemberKind | 'CallExtension' | 'CallExtensionAsync', NodeClass>
>

const LISTS: readonly ListKind[] = ['NodeList', 'Root', 'Output', 'Group', 'Array', 'Dict', 'KeywordArgs']
const OPERANDS = ['left', 'right'] as const

/** The kinds with their members, in the order in which constructors take them. */
const MEMBERS: Readonly<Record<MemberKind, readonly string[]>> = {
  Literal: ['value'],
  Symbol: ['value'],
  TemplateData: ['value'],
  Pair: ['key', 'value'],
  LookupVal: ['target', 'val'],
  FunCall: ['name', 'args'],
  Filter: ['name', 'args'],
  InlineIf: ['cond', 'body', 'else_'],
  If: ['cond', 'body', 'else_'],
  IfAsync: ['cond', 'body', 'else_'],
  For: ['arr', 'name', 'body', 'else_'],
  AsyncEach: ['arr', 'name', 'body', 'else_'],
  AsyncAll: ['arr', 'name', 'body', 'else_'],
  Macro: ['name', 'args', 'body'],
  Block: ['name', 'body'],
  Extends: ['template'],
  Include: ['template', 'ignoreMissing'],
  Capture: ['body'],
  Is: OPERANDS,
  Compare: ['expr', 'ops'],
  CompareOperand: ['expr', 'type'],
  Not: ['target'],
  Neg: ['target'],
  Pos: ['target'],
  Or: OPERANDS,
  And: OPERANDS,
  In: OPERANDS,
  Concat: OPERANDS,
  Add: OPERANDS,
  Sub: OPERANDS,
  Mul: OPERANDS,
  Div: OPERANDS,
  FloorDiv: OPERANDS,
  Mod: OPERANDS,
  Pow: OPERANDS,
}

/**
 * The kinds of nodes as extensions get them, in `parse(parser, nodes, lexer)`. They are made with `new` and known by
 * `instanceof`, though a node itself is plain data.
 */
export const nodeClasses: NodeClasses = Object.fromEntries([
  ...LISTS.map((kind) => [
    kind,
    nodeClass(kind, (place, [children]) => new ListNode(kind, place, list(children))),
  ]),
  ...Object.entries(MEMBERS).map(([kind, members]) => [kind, memberClass(kind, members)]),
  ...['CallExtension', 'CallExtensionAsync'].map((kind) => [kind, extensionClass(kind)]),
]) as NodeClasses

function list(children: unknown): never[] {
  return (children ?? []) as never[]
}

function memberClass(kind: string, members: readonly string[]): NodeClass {
  return nodeClass(kind, (place, values) => {
    const node: Record<string, unknown> = { kind, ...place }
    members.forEach((member, index) => {
      node[member] = values[index] ?? null
    })
    return node
  })
}

function nodeClass(kind: string, make: (place: Place, values: unknown[]) => object): NodeClass {
  return known(kind, (lineno, colno, ...values) =>
    make({ lineno: Number(lineno ?? 0), colno: Number(colno ?? 0) }, values),
  )
}

/** `new nodes.CallExtension(extension, method, args, contentArgs)`: without a place. */
function extensionClass(kind: string): NodeClass {
  return known(kind, (extension, prop, args, contentArgs) => {
    const owner = extension as { __name?: string; autoescape?: boolean } | string
    const isName = typeof owner === 'string'
    return {
      kind,
      lineno: 0,
      colno: 0,
      extName: isName ? owner : (owner.__name ?? ''),
      prop,
      args: args ?? null,
      contentArgs: list(contentArgs),
      autoescape: isName ? true : (owner.autoescape ?? true),
    }
  })
}

function known(kind: string, make: (...args: unknown[]) => object): NodeClass {
  class Class {
    constructor(...args: unknown[]) {
      // biome-ignore lint/correctness/noConstructorReturn: extensions write `new`, and a node is plain data.
      return make(...args)
    }

    static [Symbol.hasInstance](value: unknown): boolean {
      return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === kind
    }
  }
  return Class as unknown as NodeClass
}
