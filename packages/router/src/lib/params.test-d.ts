/** Checked by the compiler (`npm run typecheck`); there is nothing to run. */
import type { RuleParams } from '../index.ts'

declare module '../index.ts' {
  interface Converters {
    list: string[]
    day: Date
  }
}

type IsEqual<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
declare function same<A, B>(answer: IsEqual<A, B>): void
declare function get<Rule extends string>(rule: Rule, view: (params: RuleParams<Rule>) => unknown): void

// Converters have their types.
same<keyof RuleParams<'/'>, never>(true)
same<RuleParams<'/users/<name>'>, { name: string }>(true)
same<RuleParams<'/add/<int:n1>/<int:n2>'>, { n1: number; n2: number }>(true)
same<RuleParams<'/<float:x>/<bigint:n>/<uuid:id>'>, { x: number; n: bigint; id: string }>(true)
same<RuleParams<'/<string:a>/<default:b>/<path:rest>'>, { a: string; b: string; rest: string }>(true)

// Converters of the application are looked up; others give text.
same<RuleParams<'/<list:tags>/<day:on>/<unheard:x>'>, { tags: string[]; on: Date; x: string }>(true)

// Arguments do not disturb.
same<RuleParams<'/<string(length=2):lang>/<int(min=1, max=9):n>'>, { lang: string; n: number }>(true)
same<RuleParams<'/<list(";)"):tags>'>, { tags: string[] }>(true)

// any() gives its items.
same<RuleParams<'/<any(about, help,imprint):page>'>, { page: 'about' | 'help' | 'imprint' }>(true)
same<RuleParams<`/<any('a b', "c,d", e ):v>/t`>, { v: 'a b' | 'c,d' | 'e' }>(true)
same<RuleParams<`/<any("(c)", 'a>b', "x:y"):v>/<int:n>`>, { v: '(c)' | 'a>b' | 'x:y'; n: number }>(true)
same<RuleParams<'/<any(1,2):v>'>, { v: '1' | '2' }>(true)

// Several parameters in a segment, text around them.
same<RuleParams<'/<int:y>-<int:m>-<d>.html'>, { y: number; m: number; d: string }>(true)
same<
  RuleParams<'/@<user>/v<int:major>.<int:minor>/<path:rest>/edit'>,
  {
    user: string
    major: number
    minor: number
    rest: string
  }
>(true)
same<RuleParams<'/<x>>/<y>'>, { x: string; y: string }>(true)

// Of a text that is not known nothing is known.
same<RuleParams<string>, Record<string, unknown>>(true)

get('/add/<int:n1>/<int:n2>', ({ n1, n2 }) => n1.toFixed() + n2.toFixed())
get('/<any(de, en):lang>/', ({ lang }) => (lang === 'de' ? 1 : 2))
// @ts-expect-error a parameter with another spelling
get('/users/<int:id>', ({ identifier }) => identifier)
// @ts-expect-error a number has no toUpperCase
get('/users/<int:id>', ({ id }) => id.toUpperCase())
// @ts-expect-error an item that any() does not have
get('/<any(de, en):lang>/', ({ lang }) => lang === 'fr')
