/**
 * The tree of a Nunjucks template: plain data, told apart by `kind`, which is also the form of precompiled templates.
 * The kinds and members have the names that they have in Nunjucks, because extensions make nodes themselves.
 */

/** Where a node begins. Both count from 0, as in Nunjucks. */
export interface Place {
  readonly lineno: number
  readonly colno: number
}

/** A node that is a list. Extensions add to it. */
export class ListNode<Kind extends string, Child> implements Place {
  readonly kind: Kind
  readonly lineno: number
  readonly colno: number
  readonly children: Child[]

  constructor(kind: Kind, { lineno, colno }: Place, children: Child[] = []) {
    this.kind = kind
    this.lineno = lineno
    this.colno = colno
    this.children = children
  }

  addChild(child: Child): void {
    this.children.push(child)
  }
}

// --------------------------------------------------------------- expressions

export interface Literal extends Place {
  readonly kind: 'Literal'
  readonly value: string | number | boolean | null
}

/** `r/body/flags` */
export interface RegexLiteral extends Place {
  readonly kind: 'Regex'
  readonly body: string
  readonly flags: string
}

export interface SymbolNode extends Place {
  readonly kind: 'Symbol'
  readonly value: string
}

/** `(a, b)`: the last one counts, as in JavaScript. */
export type Group = ListNode<'Group', Expression>
export type ArrayNode = ListNode<'Array', Expression>
export type Dict = ListNode<'Dict', Pair>
/** `name=value` in a call: one object, behind the other arguments. */
export type KeywordArgs = ListNode<'KeywordArgs', Pair>
/** Arguments of a call. */
export type NodeList = ListNode<'NodeList', Node>

export interface Pair extends Place {
  readonly kind: 'Pair'
  readonly key: Expression
  readonly value: Expression
}

export interface LookupVal extends Place {
  readonly kind: 'LookupVal'
  readonly target: Expression
  readonly val: Expression
}

/** `[start:stop:step]` */
export interface Slice extends Place {
  readonly kind: 'Slice'
  readonly target: Expression
  readonly start: Expression | null
  readonly stop: Expression | null
  readonly step: Expression | null
}

export interface FunCall extends Place {
  readonly kind: 'FunCall'
  readonly name: Expression
  readonly args: NodeList
}

export interface Filter extends Place {
  readonly kind: 'Filter'
  readonly name: SymbolNode
  /** The first one is what is filtered. */
  readonly args: NodeList
}

export interface InlineIf extends Place {
  readonly kind: 'InlineIf'
  readonly cond: Expression
  readonly body: Expression
  readonly else_: Expression | null
}

/** `left is right`: a test by its name, or as a call. */
export interface Is extends Place {
  readonly kind: 'Is'
  readonly left: Expression
  readonly right: Expression
}

export type BinaryKind =
  | 'Or'
  | 'And'
  | 'In'
  | 'Concat'
  | 'Add'
  | 'Sub'
  | 'Mul'
  | 'Div'
  | 'FloorDiv'
  | 'Mod'
  | 'Pow'

export interface Binary extends Place {
  readonly kind: BinaryKind
  readonly left: Expression
  readonly right: Expression
}

export interface Unary extends Place {
  readonly kind: 'Not' | 'Neg' | 'Pos'
  readonly target: Expression
}

export interface Compare extends Place {
  readonly kind: 'Compare'
  readonly expr: Expression
  readonly ops: readonly CompareOperand[]
}

export interface CompareOperand extends Place {
  readonly kind: 'CompareOperand'
  readonly expr: Expression
  readonly type: CompareOperator
}

export type CompareOperator = '==' | '===' | '!=' | '!==' | '<' | '>' | '<=' | '>='

/** The body of a call block, as a function. */
export interface Caller extends Place {
  readonly kind: 'Caller'
  readonly args: NodeList
  readonly body: Body
}

/** What a part of the template prints, as a value. */
export interface Capture extends Place {
  readonly kind: 'Capture'
  readonly body: Body
}

export type Expression =
  | Literal
  | RegexLiteral
  | SymbolNode
  | Group
  | ArrayNode
  | Dict
  | KeywordArgs
  | LookupVal
  | Slice
  | FunCall
  | Filter
  | InlineIf
  | Is
  | Binary
  | Unary
  | Compare
  | Caller
  | Capture

// ---------------------------------------------------------------- statements

/** Text between tags, printed as it is. */
export interface TemplateData extends Place {
  readonly kind: 'TemplateData'
  readonly value: string
}

export type Output = ListNode<'Output', TemplateData | Expression>
/** A part of a template. */
export type Body = ListNode<'NodeList' | 'Root', Node>
export type Root = ListNode<'Root', Node>

export interface If extends Place {
  readonly kind: 'If' | 'IfAsync'
  readonly cond: Expression
  readonly body: Body
  readonly else_: Body | If | null
}

export interface For extends Place {
  readonly kind: 'For' | 'AsyncEach' | 'AsyncAll'
  readonly arr: Expression
  /** One name, or several for pairs and longer rows. */
  readonly name: SymbolNode | ArrayNode
  readonly body: Body
  readonly else_: Body | null
}

export interface Macro extends Place {
  readonly kind: 'Macro'
  readonly name: SymbolNode
  readonly args: NodeList
  readonly body: Body
}

export interface Import extends Place {
  readonly kind: 'Import'
  readonly template: Expression
  readonly target: SymbolNode
  readonly withContext: boolean
}

export interface FromImport extends Place {
  readonly kind: 'FromImport'
  readonly template: Expression
  readonly names: readonly { readonly name: string; readonly alias: string }[]
  readonly withContext: boolean
}

export interface Block extends Place {
  readonly kind: 'Block'
  readonly name: SymbolNode
  readonly body: Body
}

export interface Extends extends Place {
  readonly kind: 'Extends'
  readonly template: Expression
}

export interface Include extends Place {
  readonly kind: 'Include'
  readonly template: Expression
  readonly ignoreMissing: boolean
}

export interface SetNode extends Place {
  readonly kind: 'Set'
  readonly targets: readonly string[]
  readonly value: Expression
}

export interface Switch extends Place {
  readonly kind: 'Switch'
  readonly expr: Expression
  readonly cases: readonly { readonly cond: Expression; readonly body: Body }[]
  readonly default: Body | null
}

/** The call of a method of an extension, with its arguments and the parts of the template between its tags. */
export interface CallExtension extends Place {
  readonly kind: 'CallExtension' | 'CallExtensionAsync'
  readonly extName: string
  readonly prop: string
  readonly args: NodeList | null
  readonly contentArgs: readonly (Body | null)[]
  /** Whether what the method gives is escaped. */
  readonly autoescape: boolean
}

export type Statement =
  | Output
  | If
  | For
  | Macro
  | Import
  | FromImport
  | Block
  | Extends
  | Include
  | SetNode
  | Switch
  | CallExtension
  | Body

export type Node = Statement | Expression | TemplateData | Pair | CompareOperand

/** Text as it is printed. */
export function textOutput({ lineno, colno }: Place, value: string): Node {
  const data: TemplateData = { kind: 'TemplateData', lineno, colno, value }
  return new ListNode<'Output', TemplateData>('Output', { lineno, colno }, [data])
}
