import type { Node, Place } from './nodes.ts'
import { ListNode } from './nodes.ts'

/** Makes a node from its place and its members, as extensions do: `new nodes.Output(lineno, colno, children)`. */
export interface NodeClass {
  // biome-ignore lint/suspicious/noExplicitAny: each kind of node has members of its own.
  new (...args: any[]): Node & { readonly [member: string]: any }
}

const LISTS = ['NodeList', 'Root', 'Output', 'Group', 'Array', 'Dict', 'KeywordArgs'] as const

/** The kinds with their members, in the order in which constructors take them. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
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
  Is: ['left', 'right'],
  Compare: ['expr', 'ops'],
  CompareOperand: ['expr', 'type'],
  Not: ['target'],
  Neg: ['target'],
  Pos: ['target'],
}
const BINARY = ['Or', 'And', 'In', 'Concat', 'Add', 'Sub', 'Mul', 'Div', 'FloorDiv', 'Mod', 'Pow']

/**
 * The kinds of nodes as extensions get them, in `parse(parser, nodes, lexer)`. They are made with `new` and known by
 * `instanceof`, though a node itself is plain data.
 */
export const nodeClasses: Readonly<Record<string, NodeClass>> = Object.fromEntries([
  ...LISTS.map((kind) => [
    kind,
    nodeClass(kind, (place, [children]) => new ListNode(kind, place, list(children))),
  ]),
  ...Object.entries(MEMBERS).map(([kind, members]) => [kind, memberClass(kind, members)]),
  ...BINARY.map((kind) => [kind, memberClass(kind, ['left', 'right'])]),
  ...['CallExtension', 'CallExtensionAsync'].map((kind) => [kind, extensionClass(kind)]),
])

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
