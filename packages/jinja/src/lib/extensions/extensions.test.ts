import { Markup } from '@phial/markup'
import { describe, expect, it } from 'vitest'
import { defaultPolicies } from '../policies.ts'
import type { ContextView, EnvironmentView } from '../runtime-interface.ts'
import type { Statement } from '../syntax/ast.ts'
import { defaultSyntax, resolveSyntax } from '../syntax/delimiters.ts'
import { type ParseOptions, parse } from '../syntax/parser.ts'
import { callValue } from '../values/call.ts'
import { kwargsOf } from '../values/kwargs.ts'
import { MISSING, Undefined } from '../values/undefined.ts'
import { DebugExtension } from './debug.ts'
import { DoExtension } from './do.ts'
import { Extension, type ExtensionClass, type ExtensionEnvironment, identifierOf } from './extension.ts'
import { extractFromTree, extractMessages } from './extract.ts'
import {
  type GettextCallables,
  installGettextCallables,
  installGettextTranslations,
  installNullTranslations,
  type TranslatingEnvironment,
  uninstallGettextTranslations,
} from './gettext.ts'
import { I18nExtension, type I18nMembers } from './i18n.ts'
import { LoopControlsExtension } from './loop-controls.ts'
import { builtInExtensions, extensionClass } from './table.ts'

/** As much of an environment as extensions see. */
class TestEnvironment implements ExtensionEnvironment {
  readonly sandboxed: boolean = false
  readonly policies: ReturnType<typeof defaultPolicies> = defaultPolicies()
  readonly filters: Map<string, () => unknown> = new Map([['upper', () => '']])
  readonly tests: Map<string, () => unknown> = new Map([['odd', () => true]])
  readonly globals: Map<string, unknown> = new Map()
  readonly newlineSequence: string = '\n'
  readonly extensions: Extension[]

  constructor(...classes: readonly ExtensionClass[]) {
    this.extensions = classes.map((extension) => new extension(this))
  }

  extend(members: Readonly<Record<string, unknown>>): void {
    for (const [name, member] of Object.entries(members))
      if (!(name in this)) Object.assign(this, { [name]: member })
  }

  parse(source: string, options: ParseOptions = {}): ReturnType<typeof parse> {
    return parse(source, { ...options, extensions: this.extensions })
  }

  call(...[context, callee, args, kwargs]: Parameters<EnvironmentView['call']>): unknown {
    return callValue(callee, undefined, args, kwargs, context)
  }

  getattr(): unknown {
    return undefined
  }

  getitem(): unknown {
    return undefined
  }

  makeUndefined(): never {
    throw new Error('nothing is undefined here')
  }

  random(): number {
    return 0
  }
}

function i18nEnvironment(): TestEnvironment & I18nMembers {
  return new TestEnvironment(I18nExtension) as TestEnvironment & I18nMembers
}

/** The call that a `trans` block becomes, as text: the parts that tell. */
function translation(source: string, environment: TestEnvironment = i18nEnvironment()): string {
  return environment.parse(source).body.map(text).join(' ')
}

function text(node: unknown): string {
  if (Array.isArray(node)) return node.map(text).join(', ')
  const { kind, ...fields } = node as { kind: string } & Record<string, unknown>
  switch (kind) {
    case 'Output':
      return text(fields['nodes'])
    case 'Assign':
      return `${text(fields['target'])} := ${text(fields['node'])};`
    case 'Const':
      return JSON.stringify(fields['value'])
    case 'Name':
      return fields['name'] as string
    case 'Call':
      return `${text(fields['node'])}(${[...(fields['args'] as unknown[]), ...(fields['kwargs'] as unknown[])].map(text).join(', ')})`
    case 'Keyword':
      return `${fields['key']}=${text(fields['value'])}`
    case 'MarkSafeIfAutoescape':
      return `safe(${text(fields['expr'])})`
    case 'BinaryExpr':
      return `${text(fields['left'])} ${fields['op']} ${text(fields['right'])}`
    case 'Dict':
      return `{${text(fields['items'])}}`
    case 'Pair':
      return `${text(fields['key'])}: ${text(fields['value'])}`
    default:
      return kind
  }
}

/** What a global of an environment gives when a template calls it. */
function call(
  environment: TestEnvironment,
  name: string,
  args: unknown[],
  { kwargs = {}, autoescape = false }: { kwargs?: Record<string, unknown>; autoescape?: boolean } = {},
): unknown {
  const context = {
    environment,
    evalContext: { environment, autoescape },
    resolve: (key: string) => environment.globals.get(key),
  } as ContextView
  return environment.call(
    context,
    environment.globals.get(name),
    args,
    kwargsOf(Object.entries(kwargs).flat()),
  )
}

describe('the table', () => {
  it('takes classes and the names that Jinja gives them', () => {
    expect(extensionClass('jinja2.ext.do')).toBe(DoExtension)
    expect(extensionClass('jinja2.ext.loopcontrols')).toBe(LoopControlsExtension)
    expect(extensionClass('jinja2.ext.i18n')).toBe(I18nExtension)
    expect(extensionClass('jinja2.ext.debug')).toBe(DebugExtension)
    expect(extensionClass(DoExtension)).toBe(DoExtension)
    for (const extension of builtInExtensions.values()) {
      expect(extensionClass(identifierOf(extension))).toBe(extension)
    }
    expect(() => extensionClass('jinja2.ext.nope')).toThrow("got 'jinja2.ext.nope'")
  })
})

describe('an extension of the application', () => {
  class ShoutExtension extends Extension {
    override readonly tags: ReadonlySet<string> = new Set(['shout'])
    prefix = '!'

    override parse(parser: Parameters<Extension['parse']>[0]): Statement {
      const place = parser.stream.next()
      const call = this.callMethod('shout', { args: [parser.parseExpression()] }, place)
      return { kind: 'Output', line: place.line, column: place.column, nodes: [call] }
    }

    override preprocess(source: string): string {
      return source.replace('SHOUT', '{% shout')
    }
  }

  it('adds a tag that calls its method', () => {
    const tree = new TestEnvironment(ShoutExtension).parse('SHOUT x %}')
    expect(tree.body[0]).toMatchObject({
      kind: 'Output',
      nodes: [
        { kind: 'Call', node: { kind: 'ExtensionAttribute', identifier: 'ShoutExtension', name: 'shout' } },
      ],
    })
  })

  it('can be bound to another environment, with its settings', () => {
    const extension = new ShoutExtension(new TestEnvironment())
    extension.prefix = '?'
    const other = new TestEnvironment()
    const copy = extension.bind(other)
    expect(copy).toBeInstanceOf(ShoutExtension)
    expect(copy.environment).toBe(other)
    expect(copy.prefix).toBe('?')
    expect(extension.environment).not.toBe(other)
  })

  it('is told that it must parse its tags', () => {
    class Lazy extends Extension {
      override readonly tags: ReadonlySet<string> = new Set(['lazy'])
    }
    expect(() => new TestEnvironment(Lazy).parse('{% lazy %}')).toThrow(
      'extension Lazy has tags, but no parse method',
    )
  })
})

describe('do and loop controls', () => {
  it('parse', () => {
    const environment = new TestEnvironment(DoExtension, LoopControlsExtension)
    expect(environment.parse('{% do a, b %}').body).toMatchObject([
      { kind: 'ExprStmt', node: { kind: 'Tuple' } },
    ])
    expect(environment.parse('{% for a in b %}{% break %}{% continue %}{% endfor %}').body).toMatchObject([
      { kind: 'For', body: [{ kind: 'Break' }, { kind: 'Continue' }] },
    ])
    expect(() => environment.parse('{% do %}')).toThrow(
      "Expected an expression, got 'end of statement block'",
    )
  })
})

describe('debug', () => {
  it('shows variables, filters and tests, three levels deep', () => {
    const environment = new TestEnvironment(DebugExtension)
    const extension = environment.extensions[0] as DebugExtension
    const tree = environment.parse('{% debug %}')
    expect(tree.body[0]).toMatchObject({
      nodes: [{ node: { name: 'render' }, args: [{ kind: 'ContextReference' }] }],
    })
    const variables = new Map<string, unknown>([
      ['b', 1],
      ['a', { list: [1, [2]], dict: { x: {} } }],
    ])
    const shown = extension.render({ getAll: () => variables } as never)
    expect(shown).toBe(
      "{'context': {'a': {'dict': {...}, 'list': [...]}, 'b': 1},\n 'filters': ['upper'],\n 'tests': ['odd']}",
    )
  })
})

describe('trans, old style', () => {
  it.each([
    ['{% trans %}a{% endtrans %}', 'safe(gettext("a"))'],
    ['{% trans %}50% of {{ a }}{% endtrans %}', 'safe(gettext("50%% of %(a)s")) % {"a": a}'],
    ['{% trans %}50%{% endtrans %}', 'safe(gettext("50%"))'],
    ['{% trans a=b, c %}{{ a }}{{ c }}{% endtrans %}', 'safe(gettext("%(a)s%(c)s")) % {"a": b, "c": c}'],
    ['{% trans "ctx" %}a{% endtrans %}', 'safe(pgettext("ctx", "a"))'],
    [
      '{% trans n %}{{ n }} x{% pluralize %}{{ n }} y{% endtrans %}',
      'safe(ngettext("%(n)s x", "%(n)s y", n)) % {"n": n}',
    ],
    [
      '{% trans a, n %}{{ a }}{% pluralize n %}{{ n }}{% endtrans %}',
      'safe(ngettext("%(a)s", "%(n)s", n)) % {"a": a, "n": n}',
    ],
    ['{% trans %}{{ n }} x{% pluralize %}y{% endtrans %}', 'safe(ngettext("%(n)s x", "y", n)) % {"n": n}'],
    [
      '{% trans "c" n=f() %}x{% pluralize %}y{% endtrans %}',
      '_trans := f(); safe(npgettext("c", "x", "y", _trans)) % {"n": _trans}',
    ],
    ['{% trans trimmed %}  a \n\n  b  {% endtrans %}', 'safe(gettext("a b"))'],
    ['{% trans notrimmed a %} {{ a }}\n {% endtrans %}', 'safe(gettext(" %(a)s\\n ")) % {"a": a}'],
    ['{% trans trimmed, trimmed=1 %}{% endtrans %}', null],
    ['{% trans a: %}{{ a }}{% endtrans %}', null],
  ])('%s', (source, expected) => {
    if (expected === null) expect(() => translation(source)).toThrow('expected token')
    else expect(translation(source)).toBe(expected)
  })

  it('trims by policy', () => {
    const environment = i18nEnvironment()
    environment.policies['ext.i18n.trimmed'] = true
    expect(translation('{% trans %} a {% endtrans %}', environment)).toBe('safe(gettext("a"))')
    expect(translation('{% trans notrimmed %} a {% endtrans %}', environment)).toBe('safe(gettext(" a "))')
  })
})

describe('trans, new style', () => {
  it.each([
    ['{% trans %}50%{% endtrans %}', 'gettext("50%%")'],
    ['{% trans a=b %}{{ a }}{{ c }}{% endtrans %}', 'gettext("%(a)s%(c)s", a=b, c=c)'],
    [
      '{% trans num %}{{ num }}{% pluralize %}{{ num }}s{% endtrans %}',
      'ngettext("%(num)s", "%(num)ss", num)',
    ],
    ['{% trans n %}{{ n }}{% pluralize %}{{ n }}s{% endtrans %}', 'ngettext("%(n)s", "%(n)ss", n, n=n)'],
  ])('%s', (source, expected) => {
    const environment = i18nEnvironment()
    environment.newstyleGettext = true
    expect(translation(source, environment)).toBe(expected)
  })
})

describe('what trans refuses', () => {
  it.each([
    ['{% trans a, a %}', "translatable variable 'a' defined twice."],
    ['{% trans a %}x{% pluralize b %}y{% endtrans %}', "unknown variable 'b' for pluralization"],
    ['{% trans %}x{% pluralize %}y{% endtrans %}', 'pluralize without variables'],
    [
      '{% trans a %}x{% pluralize %}y{% pluralize %}{% endtrans %}',
      'a translatable section can have only one pluralize section',
    ],
    ['{% trans %}{% trans %}', "trans blocks can't be nested; did you mean `endtrans`?"],
    ['{% trans %}{% if a %}', 'control structures in translatable sections are not allowed; saw `if`'],
    ['{% trans %}{{ a.b }}{% endtrans %}', "expected token 'end of print statement', got '.'"],
    ['{% trans %}x', 'unclosed translation block'],
  ])('%s', (source, message) => {
    expect(() => translation(source)).toThrow(message)
  })
})

describe('the functions of gettext', () => {
  const german: GettextCallables & { language: string } = {
    language: 'de',
    gettext(this: { language?: string } | undefined, message: string) {
      return `${this?.language ?? '?'}:${message}`
    },
    ngettext: (singular: string, plural: string, n: number) => (n === 1 ? singular : plural),
  }

  it('are globals once they are installed', () => {
    const environment = i18nEnvironment()
    expect(environment.globals.has('gettext')).toBe(false)
    environment.installGettextTranslations(german)
    expect(call(environment, 'gettext', ['a'])).toBe('de:a')
    expect(call(environment, '_', ['a'])).toBe('de:a')
    expect(call(environment, 'ngettext', ['a', 'b', 2])).toBe('b')
    expect(environment.globals.get('pgettext')).toBeNull()
    environment.uninstallGettextTranslations()
    expect(Array.from(environment.globals.keys())).toEqual(['_'])
  })

  it('can be installed without members of the environment', () => {
    const environment: TestEnvironment & TranslatingEnvironment = i18nEnvironment()
    installGettextTranslations(environment, german)
    expect(call(environment, 'gettext', ['a'])).toBe('de:a')
    installGettextCallables(environment, german)
    expect(call(environment, 'gettext', ['a'])).toBe('?:a')
    uninstallGettextTranslations(environment)
    expect(environment.globals.has('ngettext')).toBe(false)
  })

  it('give back what they get, for templates that are not translated', () => {
    const environment = i18nEnvironment()
    installNullTranslations(environment)
    expect(call(environment, 'gettext', ['a'])).toBe('a')
    expect(call(environment, 'ngettext', ['a', 'b', 1])).toBe('a')
    expect(call(environment, 'ngettext', ['a', 'b', 0])).toBe('b')
    expect(call(environment, 'pgettext', ['c', 'a'])).toBe('a')
    expect(call(environment, 'npgettext', ['c', 'a', 'b', 2])).toBe('b')
    expect(() => call(environment, 'gettext', [])).toThrow(
      "missing 1 required positional argument: 'message'",
    )
  })

  it('format and escape in the new style', () => {
    const environment = i18nEnvironment()
    environment.installNullTranslations({ newstyle: true })
    expect(environment.newstyleGettext).toBe(true)
    const kwargs = { name: '<b>' }
    expect(call(environment, 'gettext', ['100%% %(name)s'], { kwargs })).toBe('100% <b>')
    const escaped = call(environment, 'gettext', ['<i>%(name)s'], { kwargs, autoescape: true })
    expect(escaped).toBeInstanceOf(Markup)
    expect(String(escaped)).toBe('<i>&lt;b&gt;')
    expect(call(environment, 'ngettext', ['%(num)s a', '%(num)s b', 2])).toBe('2 b')
    expect(call(environment, 'pgettext', ['c', '%(context)s'])).toBe('c')
    expect(call(environment, 'npgettext', ['c', '', '%(context)s%(num)s', 3])).toBe('c3')
    expect(call(environment, '_', ['%(name)s'], { kwargs })).toBe('<b>')
    const missing = new Undefined(null, MISSING, 'x')
    expect(() => call(environment, 'gettext', [missing])).toThrow("'x' is undefined")
    expect(String(call(environment, 'gettext', [missing], { autoescape: true }))).toBe('')
  })

  it('may translate asynchronously in the new style', async () => {
    const environment = i18nEnvironment()
    const callables = { ...german, gettext: async (message: string) => `${message}!` }
    environment.installGettextCallables(callables, { newstyle: true })
    expect(await call(environment, 'gettext', ['%(a)s'], { kwargs: { a: 1 } })).toBe('1!')
  })
})

describe('extraction', () => {
  const source = [
    '{# L10N: a greeting #}',
    '{% trans user=name %}Hello {{ user }}{% endtrans %}',
    '{{ gettext("a", x=1) }}{{ ngettext("b", "c", n) }}',
    '{# nothing #}{{ _("d") }}',
    '{{ _() }}{{ other("e") }}{{ _(f, "g") }}',
  ].join('\n')

  it('finds calls, in the order of the tree', () => {
    const found = Array.from(extractFromTree(i18nEnvironment().parse(source)))
    expect(found.map(({ line, function: name, strings }) => [line, name, ...strings])).toEqual([
      [2, 'gettext', 'Hello %(user)s'],
      [3, 'gettext', 'a', null],
      [3, 'ngettext', 'b', 'c', null],
      [4, '_', 'd'],
      [5, '_'],
      [5, '_', null, 'g'],
    ])
  })

  it('leaves out what is no text, and finds other functions', () => {
    const environment = i18nEnvironment()
    const only = environment.extractTranslations(source, { onlyText: true })
    expect(Array.from(only, ({ strings }) => strings)).toEqual([
      ['Hello %(user)s'],
      ['a'],
      ['b', 'c'],
      ['d'],
      ['g'],
    ])
    const others = environment.extractTranslations(environment.parse(source), { functions: ['other'] })
    expect(Array.from(others, ({ strings }) => strings)).toEqual([['e']])
  })

  it('finds the comments of authors for translators', () => {
    const { extensions } = i18nEnvironment()
    const syntax = resolveSyntax({ ...defaultSyntax, lineCommentPrefix: '##' })
    const text = `${source}\n## L10N:  also this  \n{{ _("h") }}\n{{ _("i") }}`
    const found = Array.from(extractMessages(text, { extensions, syntax, commentTags: ['L10N:'] }))
    expect(found.filter(({ comments }) => comments.length > 0)).toMatchObject([
      { line: 2, comments: ['a greeting'] },
      { line: 7, strings: ['h'], comments: ['also this'] },
    ])
    expect(
      Array.from(extractMessages(text, { extensions, syntax })).every(
        (message) => message.comments.length === 0,
      ),
    ).toBe(true)
  })
})
