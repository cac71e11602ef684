/**
 * The tree that the parser makes and that name resolution, folding and all ways of running templates read. Nodes are
 * plain data: a readonly union told apart by `kind`. The names are those of Jinja's `nodes` module.
 */

/** Where a node begins. Both count from 1; columns count UTF-16 code units. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Template extends Position {
  readonly kind: 'Template'
  readonly body: readonly Statement[]
}

// ---------------------------------------------------------------- statements

/** What is printed: pieces of text as they stand, and values. */
export interface Output extends Position {
  readonly kind: 'Output'
  readonly nodes: readonly (TemplateData | Expression)[]
}

/** `{% extends template %}` */
export interface Extends extends Position {
  readonly kind: 'Extends'
  readonly template: Expression
}

/** `{% for target in iter if test recursive %}body{% else %}orElse{% endfor %}` */
export interface For extends Position {
  readonly kind: 'For'
  readonly target: Target
  readonly iter: Expression
  readonly test: Expression | null
  readonly body: readonly Statement[]
  readonly orElse: readonly Statement[]
  readonly recursive: boolean
}

/** `{% if test %}body{% elif … %}…{% else %}orElse{% endif %}`. The `elifs` have none themselves. */
export interface If extends Position {
  readonly kind: 'If'
  readonly test: Expression
  readonly body: readonly Statement[]
  readonly elifs: readonly If[]
  readonly orElse: readonly Statement[]
}

/** What macros and call blocks share. The defaults belong to the last parameters. */
export interface MacroLike extends Position {
  readonly params: readonly Name[]
  readonly defaults: readonly Expression[]
  readonly body: readonly Statement[]
}

/** `{% macro name(params=defaults) %}body{% endmacro %}` */
export interface Macro extends MacroLike {
  readonly kind: 'Macro'
  readonly name: string
}

/** `{% call(params) call %}body{% endcall %}` */
export interface CallBlock extends MacroLike {
  readonly kind: 'CallBlock'
  readonly call: Call
}

/** `{% filter … %}body{% endfilter %}`. The innermost filter has no node: it gets the body. */
export interface FilterBlock extends Position {
  readonly kind: 'FilterBlock'
  readonly filter: Filter
  readonly body: readonly Statement[]
}

/** `{% with targets = values %}body{% endwith %}`. The values see the scope outside. */
export interface With extends Position {
  readonly kind: 'With'
  readonly targets: readonly Target[]
  readonly values: readonly Expression[]
  readonly body: readonly Statement[]
}

/** `{% block name scoped required %}body{% endblock %}` */
export interface Block extends Position {
  readonly kind: 'Block'
  readonly name: string
  readonly body: readonly Statement[]
  readonly scoped: boolean
  readonly required: boolean
}

/** `{% include template ignore missing with context %}` */
export interface Include extends Position {
  readonly kind: 'Include'
  readonly template: Expression
  readonly withContext: boolean
  readonly ignoreMissing: boolean
}

/** `{% import template as target with context %}` */
export interface Import extends Position {
  readonly kind: 'Import'
  readonly template: Expression
  readonly target: string
  readonly withContext: boolean
}

/** `{% from template import name as alias, … %}` */
export interface FromImport extends Position {
  readonly kind: 'FromImport'
  readonly template: Expression
  readonly names: readonly ImportedMember[]
  readonly withContext: boolean
}

/** A name of a {@link FromImport}. Without `as` the alias is the name. */
export interface ImportedMember {
  readonly name: string
  readonly alias: string
}

/** An expression whose value is dropped: `{% do … %}`. */
export interface ExprStmt extends Position {
  readonly kind: 'ExprStmt'
  readonly node: Expression
}

/** `{% set target = node %}` */
export interface Assign extends Position {
  readonly kind: 'Assign'
  readonly target: Target
  readonly node: Expression
}

/** `{% set target | filter %}body{% endset %}`. The innermost filter has no node: it gets the body. */
export interface AssignBlock extends Position {
  readonly kind: 'AssignBlock'
  readonly target: Target
  readonly filter: Filter | null
  readonly body: readonly Statement[]
}

export interface Break extends Position {
  readonly kind: 'Break'
}

export interface Continue extends Position {
  readonly kind: 'Continue'
}

/** A scope of its own: what is set inside is not seen outside. For extensions. */
export interface Scope extends Position {
  readonly kind: 'Scope'
  readonly body: readonly Statement[]
}

/** A scope in which the names of a mapping are variables. For extensions. */
export interface OverlayScope extends Position {
  readonly kind: 'OverlayScope'
  readonly context: Expression
  readonly body: readonly Statement[]
}

/** Changes settings from here on: `autoescape`, `volatile`. For extensions. */
export interface EvalContextModifier extends Position {
  readonly kind: 'EvalContextModifier'
  readonly options: readonly Keyword[]
}

/** Settings for a part of the template: `{% autoescape value %}body{% endautoescape %}`. */
export interface ScopedEvalContextModifier extends Position {
  readonly kind: 'ScopedEvalContextModifier'
  readonly options: readonly Keyword[]
  readonly body: readonly Statement[]
}

export type Statement =
  | Output
  | Extends
  | For
  | If
  | Macro
  | CallBlock
  | FilterBlock
  | With
  | Block
  | Include
  | Import
  | FromImport
  | ExprStmt
  | Assign
  | AssignBlock
  | Break
  | Continue
  | Scope
  | OverlayScope
  | EvalContextModifier
  | ScopedEvalContextModifier

// --------------------------------------------------------------- expressions

/** Text between tags. It is safe by definition and is printed as it is. */
export interface TemplateData extends Position {
  readonly kind: 'TemplateData'
  readonly data: string
}

/** A variable: read, written, or the parameter of a macro. */
export interface Name extends Position {
  readonly kind: 'Name'
  readonly name: string
  readonly ctx: 'load' | 'store' | 'param'
}

/** `ns.attribute` on the left of `set`: only namespaces can be changed. */
export interface NSRef extends Position {
  readonly kind: 'NSRef'
  readonly name: string
  readonly attribute: string
}

/** A literal, or what folding made of constant expressions. */
export interface Const extends Position {
  readonly kind: 'Const'
  /** A value as templates have it: text, numbers, `bigint`, `Float`, booleans, null; after folding any constant. */
  readonly value: unknown
}

/** `(a, b)`, as a value or as a target. */
export interface Tuple extends Position {
  readonly kind: 'Tuple'
  readonly items: readonly Expression[]
  readonly ctx: 'load' | 'store'
}

export interface List extends Position {
  readonly kind: 'List'
  readonly items: readonly Expression[]
}

export interface Dict extends Position {
  readonly kind: 'Dict'
  readonly items: readonly Pair[]
}

export interface Pair extends Position {
  readonly kind: 'Pair'
  readonly key: Expression
  readonly value: Expression
}

/** `then if test else orElse`. Without `else` it gives an undefined value. */
export interface CondExpr extends Position {
  readonly kind: 'CondExpr'
  readonly test: Expression
  readonly then: Expression
  readonly orElse: Expression | null
}

/** `key=value` in a call. */
export interface Keyword extends Position {
  readonly kind: 'Keyword'
  readonly key: string
  readonly value: Expression
}

/** The arguments of a call: `args`, `key=value`, `*dynArgs`, `**dynKwargs`. */
export interface Arguments {
  readonly args: readonly Expression[]
  readonly kwargs: readonly Keyword[]
  readonly dynArgs: Expression | null
  readonly dynKwargs: Expression | null
}

export interface Call extends Position, Arguments {
  readonly kind: 'Call'
  readonly node: Expression
}

/** `node | name(…)`. In filter blocks the innermost filter has no node. */
export interface Filter extends Position, Arguments {
  readonly kind: 'Filter'
  readonly node: Expression | null
  readonly name: string
}

/** `node is name(…)`. `is not` is a {@link Not} around it. */
export interface Test extends Position, Arguments {
  readonly kind: 'Test'
  readonly node: Expression
  readonly name: string
}

/** `node.attribute` */
export interface Getattr extends Position {
  readonly kind: 'Getattr'
  readonly node: Expression
  readonly attribute: string
}

/** `node[arg]`, and `node.0`. */
export interface Getitem extends Position {
  readonly kind: 'Getitem'
  readonly node: Expression
  readonly arg: Expression | Slice
}

/** `start:stop:step` in brackets. */
export interface Slice extends Position {
  readonly kind: 'Slice'
  readonly start: Expression | null
  readonly stop: Expression | null
  readonly step: Expression | null
}

/** `a ~ b ~ c` */
export interface Concat extends Position {
  readonly kind: 'Concat'
  readonly nodes: readonly Expression[]
}

/** `expr op expr op expr`: chained as in Python. */
export interface Compare extends Position {
  readonly kind: 'Compare'
  readonly expr: Expression
  readonly ops: readonly Operand[]
}

export interface Operand extends Position {
  readonly kind: 'Operand'
  readonly op: CompareOperator
  readonly expr: Expression
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

export interface BinaryExpr extends Position {
  readonly kind: 'BinaryExpr'
  readonly op: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'

/** `left and right`, `left or right`: gives one of the operands. */
export interface Logical extends Position {
  readonly kind: 'Logical'
  readonly op: 'and' | 'or'
  readonly left: Expression
  readonly right: Expression
}

export interface Not extends Position {
  readonly kind: 'Not'
  readonly node: Expression
}

export interface UnaryExpr extends Position {
  readonly kind: 'UnaryExpr'
  readonly op: '-' | '+'
  readonly node: Expression
}

/** An attribute of the environment, for extensions. */
export interface EnvironmentAttribute extends Position {
  readonly kind: 'EnvironmentAttribute'
  readonly name: string
}

/** An attribute or method of the extension with the identifier. Methods are bound to the extension. */
export interface ExtensionAttribute extends Position {
  readonly kind: 'ExtensionAttribute'
  readonly identifier: string
  readonly name: string
}

/** A variable that no template can name. `Parser.freeIdentifier` makes them. */
export interface InternalName extends Position {
  readonly kind: 'InternalName'
  readonly name: string
}

/** The value marked as safe HTML. */
export interface MarkSafe extends Position {
  readonly kind: 'MarkSafe'
  readonly expr: Expression
}

/** As {@link MarkSafe} where automatic escaping is on, else the value. */
export interface MarkSafeIfAutoescape extends Position {
  readonly kind: 'MarkSafeIfAutoescape'
  readonly expr: Expression
}

/** The context of the template. */
export interface ContextReference extends Position {
  readonly kind: 'ContextReference'
}

/** The context with the variables of the scope in which it stands. */
export interface DerivedContextReference extends Position {
  readonly kind: 'DerivedContextReference'
}

export type Expression =
  | TemplateData
  | Name
  | NSRef
  | Const
  | Tuple
  | List
  | Dict
  | CondExpr
  | Call
  | Filter
  | Test
  | Getattr
  | Getitem
  | Slice
  | Concat
  | Compare
  | BinaryExpr
  | Logical
  | Not
  | UnaryExpr
  | EnvironmentAttribute
  | ExtensionAttribute
  | InternalName
  | MarkSafe
  | MarkSafeIfAutoescape
  | ContextReference
  | DerivedContextReference

/** What can be assigned to: names, namespace attributes, tuples of them, and variables of extensions. */
export type Target = Name | NSRef | Tuple | InternalName

export type Node = Template | Statement | Expression | Pair | Keyword | Operand
