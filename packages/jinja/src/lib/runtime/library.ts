import { Markup } from '@phial/markup/core'
import { equals, isGreater, isGreaterOrEqual, isLess, isLessOrEqual, notEquals } from '../values/compare.ts'
import { dictOf } from '../values/dict.ts'
import { lengthOf, toArray } from '../values/iterate.ts'
import { Kwargs, kwargsOf } from '../values/kwargs.ts'
import { Float } from '../values/number.ts'
import { isIn, isNotIn } from '../values/operator-table.ts'
import {
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
} from '../values/operators.ts'
import { toText } from '../values/python-text.ts'
import { IntRange } from '../values/range.ts'
import { getSlice } from '../values/slice.ts'
import { escapeText } from '../values/text-value.ts'
import { isTrue } from '../values/truth.ts'
import { tupleOf } from '../values/tuple.ts'
import { Undefined } from '../values/undefined.ts'
import { asNamespace, isDefined, unpack } from './assign.ts'
import { allItems, asyncItems, closeItems, isPromise } from './async.ts'
import { renderSuper, TemplateReference } from './blocks.ts'
import {
  call,
  callFilter,
  callMethod,
  printCall,
  printMethod,
  spreadArguments,
  spreadKwargs,
  takesContext,
} from './call.ts'
import { fail } from './failure.ts'
import {
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
} from './include.ts'
import { cycleValue, hasChanged, LoopContext, lazyItems, recursiveLoop } from './loop.ts'
import { enterMacro, Macro } from './macro.ts'
import { attr, extensionAttribute, item, missingCaller, missingParameter, undefinedName } from './member.ts'
import { counted, made, step } from './meter.ts'
import { escapeIf, marked, markSafe, markSafeIf, printMarked, textPiece } from './output.ts'
import { wholeText } from './pieces.ts'
import { filterNamed, testNamed } from './registered.ts'

/** Everything that generated code calls, by the names it has there. */
export const runtimeLibrary: Readonly<Record<string, unknown>> = {
  add,
  allItems,
  asNamespace,
  asyncItems,
  closeItems,
  attr,
  call,
  callFilter,
  callMethod,
  printCall,
  printMethod,
  concat,
  counted,
  cycleValue,
  dictOf,
  divide,
  enterMacro,
  equals,
  escapeIf,
  escapeText,
  extend,
  extendAsync,
  extendedTwice,
  extensionAttribute,
  fail,
  filterNamed,
  Float,
  floorDivide,
  getSlice,
  hasChanged,
  importedName,
  importModule,
  importModuleAsync,
  included,
  includedAsync,
  IntRange,
  isDefined,
  isGreater,
  isGreaterOrEqual,
  isIn,
  isLess,
  isLessOrEqual,
  isNotIn,
  isPromise,
  isTrue,
  item,
  Kwargs,
  kwargsOf,
  lazyItems,
  lengthOf,
  LoopContext,
  Macro,
  made,
  marked,
  markSafe,
  markSafeIf,
  Markup,
  missingCaller,
  missingParameter,
  modulo,
  multiply,
  negate,
  notEquals,
  positive,
  power,
  printedAlone,
  printedAloneAsync,
  printMarked,
  recursiveLoop,
  renderIncluded,
  renderParent,
  renderSuper,
  requireBlock,
  spreadArguments,
  spreadKwargs,
  step,
  subtract,
  takesContext,
  TemplateReference,
  testNamed,
  textPiece,
  toArray,
  toText,
  tupleOf,
  Undefined,
  undefinedName,
  unpack,
  wholeText,
}
