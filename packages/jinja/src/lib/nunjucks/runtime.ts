import { isKeywordArgs, type KeywordArguments, makeKeywordArgs, makeMacro } from './keyword-args.ts'
import { copySafeness, markSafe, SafeString } from './safe-string.ts'

/** What filters and extensions use of Nunjucks' `runtime`. */
export const runtime: {
  readonly SafeString: typeof SafeString
  readonly markSafe: typeof markSafe
  readonly copySafeness: typeof copySafeness
  readonly makeMacro: typeof makeMacro
  readonly makeKeywordArgs: (values: Record<string, unknown>) => KeywordArguments
  readonly isKeywordArgs: (value: unknown) => value is KeywordArguments
} = { SafeString, markSafe, copySafeness, makeMacro, makeKeywordArgs, isKeywordArgs }
