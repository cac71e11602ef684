/**
 * What precompiled templates import, and what renders them: `PrecompiledEnvironment`. Nothing of the parser or the
 * compiler comes with it. Functions that have no comment here are called by generated code, by the names it has.
 *
 * @module
 */

export { escape, Markup } from '@phial/markup/core'
export type { BuiltIns } from './lib/built-ins.ts'
export {
  placeOf as templatePlaceOf,
  TemplateError,
  TemplateNotFound,
  TemplateRuntimeError,
  UndefinedError,
} from './lib/errors.ts'
export { aggregateFilters } from './lib/filters/aggregate.ts'
export { caseFilters } from './lib/filters/case.ts'
export { eachFilters } from './lib/filters/each.ts'
export { fileSizeFilters } from './lib/filters/file-size.ts'
export { formatFilters } from './lib/filters/format.ts'
export { htmlFilters } from './lib/filters/html.ts'
export { jsonFilters } from './lib/filters/json.ts'
export { layoutFilters } from './lib/filters/layout.ts'
export { numberFilters } from './lib/filters/number.ts'
export { orderFilters } from './lib/filters/order.ts'
export { prettyFilters } from './lib/filters/pretty.ts'
export { roundFilters } from './lib/filters/round.ts'
export { sequenceFilters } from './lib/filters/sequence.ts'
export { stripTagsFilters } from './lib/filters/strip-tags.ts'
export { textFilters } from './lib/filters/text.ts'
export { urlFilters } from './lib/filters/url.ts'
export { urlizeFilters } from './lib/filters/urlize.ts'
export { valueFilters } from './lib/filters/value.ts'
export { globalFunctions } from './lib/globals.ts'
export { compareTests } from './lib/is-tests/compare.ts'
export { numberTests } from './lib/is-tests/number.ts'
export { textTests } from './lib/is-tests/text.ts'
export { valueTests } from './lib/is-tests/value.ts'
export { lipsumFunctions } from './lib/lipsum.ts'
export { passContext, passEnvironment, passEvalContext } from './lib/pass.ts'
export type { PrecompiledOptions } from './lib/precompiled-environment.ts'
export { PrecompiledEnvironment } from './lib/precompiled-environment.ts'
export { asNamespace, isDefined, unpack } from './lib/runtime/assign.ts'
export { allItems, asyncItems, closeItems, isPromise } from './lib/runtime/async.ts'
export { renderSuper, TemplateReference } from './lib/runtime/blocks.ts'
export {
  call,
  callFilter,
  callMethod,
  printCall,
  printMethod,
  spreadArguments,
  spreadKwargs,
  takesContext,
} from './lib/runtime/call.ts'
export type {
  BlockFunction,
  CompiledTemplate,
  Mode,
  RootFunction,
  RuntimeEnvironment,
  RuntimeTemplate,
  TemplateFactory,
  TemplateOrigin,
} from './lib/runtime/compiled.ts'
export { Context } from './lib/runtime/context.ts'
export { EvalContext } from './lib/runtime/eval-context.ts'
export { fail } from './lib/runtime/failure.ts'
export {
  extend,
  extendAsync,
  extendedTwice,
  importedName,
  importModule,
  importModuleAsync,
  included,
  includedAsync,
  printedAlone,
  printedAloneAsync,
  renderIncluded,
  renderParent,
  requireBlock,
} from './lib/runtime/include.ts'
export { cycleValue, hasChanged, LoopContext, lazyItems, recursiveLoop } from './lib/runtime/loop.ts'
export { enterMacro, Macro } from './lib/runtime/macro.ts'
export {
  attr,
  extensionAttribute,
  item,
  missingCaller,
  missingParameter,
  undefinedName,
} from './lib/runtime/member.ts'
export { counted, made, step } from './lib/runtime/meter.ts'
export { escapeIf, marked, markSafe, markSafeIf, printMarked, textPiece } from './lib/runtime/output.ts'
export { wholeText } from './lib/runtime/pieces.ts'
export { filterNamed, testNamed } from './lib/runtime/registered.ts'
export { TemplateModule } from './lib/runtime/template-module.ts'
export { selectAutoescape } from './lib/select-autoescape.ts'
export { Template } from './lib/template.ts'
export {
  contains,
  equals,
  isGreater,
  isGreaterOrEqual,
  isLess,
  isLessOrEqual,
  notEquals,
} from './lib/values/compare.ts'
export { dictOf } from './lib/values/dict.ts'
export { lengthOf, toArray } from './lib/values/iterate.ts'
export { Kwargs, kwargsOf } from './lib/values/kwargs.ts'
export { bytesMethods } from './lib/values/methods/bytes.ts'
export { dateMethods } from './lib/values/methods/date.ts'
export { dictMethods } from './lib/values/methods/dict.ts'
export { listMethods } from './lib/values/methods/list.ts'
export { markupMethods } from './lib/values/methods/markup.ts'
export { floatMethods, intMethods } from './lib/values/methods/number.ts'
export { setMethods } from './lib/values/methods/set.ts'
export { stringMethods } from './lib/values/methods/string.ts'
export type { MethodTables } from './lib/values/methods/table.ts'
export { rangeMethods, tupleMethods } from './lib/values/methods/tuple.ts'
export { Float } from './lib/values/number.ts'
export { isIn, isNotIn } from './lib/values/operator-table.ts'
export {
  add,
  concat,
  divide,
  floorDivide,
  modulo,
  multiply,
  negate,
  positive,
  power,
  subtract,
} from './lib/values/operators.ts'
export { toText } from './lib/values/python-text.ts'
export { IntRange } from './lib/values/range.ts'
export { getSlice } from './lib/values/slice.ts'
export { escapeText } from './lib/values/text-value.ts'
export { isTrue } from './lib/values/truth.ts'
export { tupleOf } from './lib/values/tuple.ts'
export { ChainableUndefined, DebugUndefined, StrictUndefined, Undefined } from './lib/values/undefined.ts'
