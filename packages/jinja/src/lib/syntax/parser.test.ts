import { describe, expect, it } from 'vitest'
import { TemplateAssertionError, TemplateSyntaxError } from '../errors.ts'
import { repr } from '../values/python-text.ts'
import type { Arguments, Expression, If, Output, Statement } from './ast.ts'
import { type ParseOptions, type Parser, parse, parseSingleExpression } from './parser.ts'

// ------------------------------------------------------------ trees as text

/** A tree in one line: each operator with its operands in parentheses, targets with a sign for how they are used. */
function treeOf(source: string, options?: ParseOptions): string {
  return block(parse(source, options).body)
}

function block(body: readonly Statement[]): string {
  return body.map(statement).join(' ')
}

function braces(body: readonly Statement[]): string {
  return body.length === 0 ? '{}' : `{ ${block(body)} }`
}

function list(nodes: readonly Expression[]): string {
  return nodes.map(expression).join(', ')
}

function statement(node: Statement): string {
  switch (node.kind) {
    case 'Output':
      return `<${list(node.nodes)}>`
    case 'Extends':
      return `extends ${expression(node.template)}`
    case 'For': {
      const test = node.test === null ? '' : ` if ${expression(node.test)}`
      const orElse = node.orElse.length === 0 ? '' : ` else ${braces(node.orElse)}`
      const head = `for ${expression(node.target)} in ${expression(node.iter)}${test}`
      return `${head}${node.recursive ? ' recursive' : ''} ${braces(node.body)}${orElse}`
    }
    case 'If':
      return branches(node)
    case 'Macro':
    case 'CallBlock': {
      const defaults = node.defaults.length === 0 ? '' : ` = ${list(node.defaults)}`
      const head = node.kind === 'Macro' ? `macro ${node.name}` : `call ${expression(node.call)}`
      return `${head}(${list(node.params)}${defaults}) ${braces(node.body)}`
    }
    case 'FilterBlock':
      return `filter ${expression(node.filter)} ${braces(node.body)}`
    case 'With':
      return `with ${list(node.targets)} = ${list(node.values)} ${braces(node.body)}`
    case 'Block':
      return `block ${node.name}${node.scoped ? ' scoped' : ''}${node.required ? ' required' : ''} ${braces(node.body)}`
    case 'Include':
      return `include ${expression(node.template)}${node.ignoreMissing ? ' optional' : ''} ${node.withContext ? '+' : '-'}`
    case 'Import':
      return `import ${expression(node.template)} as ${node.target} ${node.withContext ? '+' : '-'}`
    case 'FromImport': {
      const names = node.names.map(({ name, alias }) => (name === alias ? name : `${name} as ${alias}`))
      return `from ${expression(node.template)} import ${names.join(', ')} ${node.withContext ? '+' : '-'}`
    }
    case 'Assign':
      return `${expression(node.target)} := ${expression(node.node)}`
    case 'AssignBlock':
      return `${expression(node.target)} := ${node.filter === null ? '' : expression(node.filter)}${braces(node.body)}`
    case 'Scope':
      return `scope ${braces(node.body)}`
    case 'ScopedEvalContextModifier':
      return `${node.options.map(({ key, value }) => `${key}=${expression(value)}`)} ${braces(node.body)}`
    default:
      return node.kind
  }
}

function branches(node: If): string {
  const elifs = node.elifs.map((elif) => ` el${branches(elif)}`).join('')
  const orElse = node.orElse.length === 0 ? '' : ` else ${braces(node.orElse)}`
  return `if ${expression(node.test)} ${braces(node.body)}${elifs}${orElse}`
}

function expression(node: Expression): string {
  switch (node.kind) {
    case 'TemplateData':
      return JSON.stringify(node.data)
    case 'Name':
      return { load: '', store: '=', param: ':' }[node.ctx] + node.name
    case 'NSRef':
      return `=${node.name}.${node.attribute}`
    case 'Const':
      return repr(node.value)
    case 'Tuple':
      return `(${list(node.items)},)`
    case 'List':
      return `[${list(node.items)}]`
    case 'Dict':
      return `{${node.items.map(({ key, value }) => `${expression(key)}: ${expression(value)}`).join(', ')}}`
    case 'CondExpr': {
      const orElse = node.orElse === null ? '' : ` else ${expression(node.orElse)}`
      return `(${expression(node.then)} if ${expression(node.test)}${orElse})`
    }
    case 'Call':
      return `${expression(node.node)}(${args(node)})`
    case 'Filter':
      return `${node.node === null ? '' : expression(node.node)}|${node.name}(${args(node)})`
    case 'Test':
      return `(${expression(node.node)} is ${node.name}(${args(node)}))`
    case 'Getattr':
      return `${expression(node.node)}.${node.attribute}`
    case 'Getitem':
      return `${expression(node.node)}[${expression(node.arg)}]`
    case 'Slice':
      return [node.start, node.stop, node.step]
        .map((bound) => (bound === null ? '' : expression(bound)))
        .join(':')
    case 'Concat':
      return `(${node.nodes.map(expression).join(' ~ ')})`
    case 'Compare':
      return `(${expression(node.expr)}${node.ops.map(({ op, expr }) => ` ${op} ${expression(expr)}`).join('')})`
    case 'BinaryExpr':
    case 'Logical':
      return `(${expression(node.left)} ${node.op} ${expression(node.right)})`
    case 'Not':
      return `(not ${expression(node.node)})`
    case 'UnaryExpr':
      return `(${node.op}${expression(node.node)})`
    default:
      return node.kind
  }
}

function args(node: Arguments): string {
  const parts = node.args.map(expression)
  for (const { key, value } of node.kwargs) parts.push(`${key}=${expression(value)}`)
  if (node.dynArgs !== null) parts.push(`*${expression(node.dynArgs)}`)
  if (node.dynKwargs !== null) parts.push(`**${expression(node.dynKwargs)}`)
  return parts.join(', ')
}

function errorOf(source: string, options?: ParseOptions): string {
  try {
    parse(source, options)
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return `${error.lineno}:${error.column} ${error.message}`
    throw error
  }
  return 'no error'
}

// -------------------------------------------------------------------- tests

describe('expressions', () => {
  it.each([
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a * b // c % d / e', '((((a * b) // c) % d) / e)'],
    // Powers bind from the left, and weaker than signs.
    ['2 ** 3 ** 2', '((2 ** 3) ** 2)'],
    ['-2 ** 2', '((-2) ** 2)'],
    ['a ** -b', '(a ** (-b))'],
    ['- + -a.b', '(-(+(-a.b)))'],
    ['-a|abs', '(-a)|abs()'],
    ['-1 .x', '(-1.x)'],
    ['a ~ b + c ~ d', '((a ~ b) + (c ~ d))'],
    ['a ~ b * c', '(a ~ (b * c))'],
    ['not a and b or c', '(((not a) and b) or c)'],
    ['not not a', '(not (not a))'],
    ['not a == b', '(not (a == b))'],
    ['a < b <= c != d', '(a < b <= c != d)'],
    ['a in b', '(a in b)'],
    ['a not in b', '(a not in b)'],
    ['not a in b', '(not (a in b))'],
    ['a if b', '(a if b)'],
    ['a if b else c if d else e', '(a if b else (c if d else e))'],
    ['a if b if c else d', '((a if b) if c else d)'],
    ['a or b if c and d else e', '((a or b) if (c and d) else e)'],
    ['a.b.c', 'a.b.c'],
    ['a.0.1', 'a[0][1]'],
    ["a['b'].c[0](d)", "a['b'].c[0](d)"],
    ['a[1:2:3]', 'a[1:2:3]'],
    ['a[:]', 'a[::]'],
    ['a[::2]', 'a[::2]'],
    ['a[1:, 2]', 'a[(1::, 2,)]'],
    ['a[]', 'a[(,)]'],
    ['a(b, c=d, *e, **f)', 'a(b, c=d, *e, **f)'],
    ['a(b,)', 'a(b)'],
    ['a(*b, c=d)', 'a(c=d, *b)'],
    ['a|b|c(d)|e.f', 'a|b()|c(d)|e.f()'],
    ['a is b', '(a is b())'],
    ['a is not b', '(not (a is b()))'],
    ['a is b c', '(a is b(c))'],
    ['a is b(c, d) and e', '((a is b(c, d)) and e)'],
    ['a is b and c', '((a is b()) and c)'],
    ['c if a is b else d', '(c if (a is b()) else d)'],
    ['a is b "x".y', "(a is b('x'.y))"],
    ['a is b [1]', '(a is b([1]))'],
    ['a is b.c', '(a is b.c())'],
    ['a + b is c', '(a + (b is c()))'],
    ['a|b is c|d', '(a|b() is c())|d()'],
    ["'a' 'b' \"c\"", "'abc'"],
    ['1', '1'],
    ['1.0', '1.0'],
    ['true, False, none', '(True, False, None,)'],
    ['a, b', '(a, b,)'],
    ['a,', '(a,)'],
    ['()', '(,)'],
    ['(a)', 'a'],
    ['(a,)', '(a,)'],
    ['[a, b,]', '[a, b]'],
    ['[]', '[]'],
    ["{'a': 1, b: [2],}", "{'a': 1, b: [2]}"],
    ['{}.a', '{}.a'],
    ['a\n+\nb', '(a + b)'],
  ])('%s', (source, expected) => {
    expect(treeOf(`{{ ${source} }}`)).toBe(`<${expected}>`)
  })
})

describe('tags', () => {
  it.each([
    [
      '{% if a %}b{% elif c %}d{% elif e %}{% else %}f{% endif %}',
      'if a { <"b"> } elif c { <"d"> } elif e {} else { <"f"> }',
    ],
    ['{% if a: %}{% endif %}', 'if a {}'],
    ['{% if a, b %}{% endif %}', 'if (a, b,) {}'],
    ['{% for a in b %}c{% endfor %}', 'for =a in b { <"c"> }'],
    [
      '{% for a, (b, c) in d if e recursive %}{% else %}f{% endfor %}',
      'for (=a, (=b, =c,),) in d if e recursive {} else { <"f"> }',
    ],
    ['{% for a in b, c %}{% endfor %}', 'for =a in (b, c,) {}'],
    ['{% set a = b %}', '=a := b'],
    ['{% set a, b = c, d %}', '(=a, =b,) := (c, d,)'],
    ['{% set a.b = c %}', '=a.b := c'],
    ['{% set a, b.c = d %}', '(=a, =b.c,) := d'],
    ['{% set a %}b{% endset %}', '=a := { <"b"> }'],
    ['{% set a | b | c(1) %}{% endset %}', '=a := |b()|c(1){}'],
    ['{% with %}{% endwith %}', 'with  =  {}'],
    ['{% with a = b, (c, d) = e %}{% endwith %}', 'with :a, (:c, :d,) = b, e {}'],
    ['{% macro a() %}{% endmacro %}', 'macro a() {}'],
    ['{% macro a(b, c=1, d=2) %}{% endmacro %}', 'macro a(:b, :c, :d = 1, 2) {}'],
    ['{% call a(b) %}{% endcall %}', 'call a(b)() {}'],
    ['{% call(c, d=1) a.b() %}{% endcall %}', 'call a.b()(:c, :d = 1) {}'],
    ['{% filter a|b(1) %}c{% endfilter %}', 'filter |a()|b(1) { <"c"> }'],
    ['{% block a %}{% endblock %}', 'block a {}'],
    ['{% block a scoped required %} {# b #} {% endblock a %}', 'block a scoped required { <" ", " "> }'],
    ['{% extends a if b else c %}', 'extends (a if b else c)'],
    ["{% include 'a' %}", "include 'a' +"],
    ["{% include ['a', b] ignore missing without context %}", "include ['a', b] optional -"],
    ["{% import 'a' as b %}", "import 'a' as b -"],
    ["{% import 'a' as b with context %}", "import 'a' as b +"],
    ["{% from 'a' import b, c as d %}", "from 'a' import b, c as d -"],
    ["{% from 'a' import b, c with context %}", "from 'a' import b, c +"],
    ["{% from 'a' import b, with context %}", "from 'a' import b +"],
    ["{% from 'a' import with, without %}", "from 'a' import with, without -"],
    ['{% autoescape a %}b{% endautoescape %}', 'scope { autoescape=a { <"b"> } }'],
    ['{% print a, b %}', '<a, b>'],
    ['a{{ b }}c{{ d, e }}', '<"a", b, "c", (d, e,)>'],
    ['a{% if b %}{% endif %}c', '<"a"> if b {} <"c">'],
    ['{% raw %}{{ a }}{% endraw %}', '<"{{ a }}">'],
    ['', ''],
  ])('%s', (source, expected) => {
    expect(treeOf(source)).toBe(expected)
  })
})

describe('places', () => {
  it('are those of names, operators and brackets', () => {
    const [output] = parse('a\n {{ b.c|d(1)\n is e }}').body
    expect(output).toMatchObject({ kind: 'Output', line: 1, column: 1 })
    const test = (output as Output).nodes[1]
    expect(test).toMatchObject({ kind: 'Test', line: 3, column: 2 })
    expect(test).toMatchObject({ node: { kind: 'Filter', line: 2, column: 9 } })
    expect(test).toMatchObject({ node: { node: { kind: 'Getattr', line: 2, column: 6 } } })
    expect(test).toMatchObject({ node: { node: { node: { kind: 'Name', line: 2, column: 5 } } } })
  })
})

describe('errors', () => {
  it.each([
    // Tags that are unknown, or missing at the end.
    ['{% foo %}', "1:4 Encountered unknown tag 'foo'."],
    [
      '{% if a %}{% endfor %}',
      "1:14 Encountered unknown tag 'endfor'. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
    ],
    [
      '{% for a in b %}{% if c %}{% endfor %}',
      "1:30 Encountered unknown tag 'endfor'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
    ],
    [
      '{% if a %}b\n',
      "1:11 Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.",
    ],
    ['{% 1 %}', '1:4 tag name expected'],
    ['{%', '1:1 tag name expected'],
    // What is in tags.
    ['{{ a', "1:4 unexpected end of template, expected 'end of print statement'."],
    ['{{ a b }}', "1:6 expected token 'end of print statement', got 'b'"],
    ['{{ }}', "1:4 Expected an expression, got 'end of print statement'"],
    ['{{ a + }}', "1:8 unexpected 'end of print statement'"],
    ['{{ a|b(c).d }}', "1:10 expected token 'end of print statement', got '.'"],
    ['{{ a.+ }}', '1:6 expected name or number'],
    ['{{ a is b is c }}', '1:11 You cannot chain multiple tests with is'],
    ['{{ a(b=c, d) }}', '1:5 invalid syntax for function call expression'],
    ['{{ a(**b, *c) }}', '1:5 invalid syntax for function call expression'],
    ['{{ a(**b, **c) }}', '1:5 invalid syntax for function call expression'],
    ['{{ a(*b, c) }}', '1:5 invalid syntax for function call expression'],
    ['{% set true = 1 %}', "1:8 can't assign to 'const'"],
    ['{% set (a + b) = 1 %}', "1:9 can't assign to 'add'"],
    ['{% set (a, b.c) = 1 %}', "1:9 can't assign to 'tuple'"],
    ['{% set [a] = 1 %}', "1:8 can't assign to 'list'"],
    ['{% set (-a) = 1 %}', "1:9 can't assign to 'neg'"],
    ['{% macro true() %}', "1:10 can't assign to 'name'"],
    ['{% for a.b in c %}', "1:9 expected token 'in', got '.'"],
    ['{% for a, in b %}', "1:14 expected token 'in', got 'b'"],
    ['{% macro a(b=1, c) %}', '1:18 non-default argument follows default argument'],
    ['{% call a %}', '1:4 expected call'],
    [
      '{% block a-b %}',
      '1:11 Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
    ],
    ['{% block a required %}b{% endblock %}', '1:36 Required blocks can only contain comments or whitespace'],
    ["{% from 'a' import _b %}", '1:20 names starting with an underline can not be imported'],
    ["{% from 'a' import %}", "1:20 expected token 'name', got 'end of statement block'"],
    ['{% print %}', 'no error'],
  ])('%s', (source, expected) => {
    expect(errorOf(source)).toBe(expected)
  })

  it('are assertions where the source is well formed', () => {
    expect(() => parse("{% from 'a' import _b %}")).toThrow(TemplateAssertionError)
  })

  it('name the template, and hint at a tag that was meant', () => {
    const error = thrown(() =>
      parse('{% if a %}{% elseif b %}{% endif %}', { name: 'a.html', filename: '/t/a.html' }),
    )
    expect(error).toMatchObject({
      templateName: 'a.html',
      filename: '/t/a.html',
      hint: "Did you mean 'elif'?",
    })
  })
})

describe('a single expression', () => {
  it('is the whole source', () => {
    expect(expression(parseSingleExpression('a + 1'))).toBe('(a + 1)')
    expect(() => parseSingleExpression('a b')).toThrow('chunk after expression')
    expect(() => parseSingleExpression('')).toThrow("unexpected 'end of template'")
  })
})

describe('extensions', () => {
  it('change the source and the tokens in the order of their priority', () => {
    const extension = (priority: number, suffix: string) => ({
      tags: [],
      priority,
      preprocess: (source: string) => `${source}${suffix}`,
      filterStream: (stream: Parser['stream']) => stream,
      parse: () => [],
    })
    const options = { extensions: [extension(100, 'b'), extension(1, 'a')] }
    expect(treeOf('x', options)).toBe('<"xab">')
  })

  it('parse their tags with what the parser offers', () => {
    const options: ParseOptions = {
      extensions: [
        {
          tags: ['twice'],
          priority: 100,
          preprocess: (source) => source,
          *filterStream(stream) {
            for (const token of stream) if (token.value !== 'dropped') yield token
          },
          parse(parser) {
            const { line, column } = parser.stream.next()
            const target = parser.parseAssignTarget({ withTuple: false })
            const body = parser.parseStatements(['name:endtwice'], true)
            expect(parser.freeIdentifier().name).not.toBe(parser.freeIdentifier().name)
            return [{ kind: 'With', line, column, targets: [target], values: [], body }, ...body]
          },
        },
      ],
    }
    expect(treeOf('{% twice dropped a %}b{% endtwice %}', options)).toBe('with =a =  { <"b"> } <"b">')
    expect(errorOf('{% twice a %}b', options)).toContain("innermost block that needs to be closed is 'twice'")
  })
})

function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return null
}
