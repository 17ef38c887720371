import { plus } from './add.ts'
import { alternative } from './alternative.ts'
import { addAssign, assign, multiplyAssign, subtractAssign } from './assign.ts'
import { alias, anchor, assignAlias, assignAnchor, assignStyle, assignTag, style, tag } from './attributes.ts'
import { all, allMatch, and, any, anyMatch, not, or } from './booleans.ts'
import { collect, collectObject, entry } from './collect.ts'
import { assignComment, comment } from './comments.ts'
import { compare, equals, max, min, notEquals } from './compare.ts'
import { contains, has } from './contains.ts'
import { formatDatetime, fromUnix, now, timezone, toUnix, withDatetimeFormat } from './datetime.ts'
import { deleteMatches } from './delete.ts'
import { descend } from './descend.ts'
import {
  column,
  documentIndex,
  fileIndex,
  fileName,
  isKey,
  key,
  keys,
  kind,
  length,
  line,
  parent,
  parents,
  splitDocument,
} from './describe.ts'
import { divide, modulo } from './divide.ts'
import { decode, encode } from './encode-decode.ts'
import { fromEntries, toEntries, withEntries } from './entries.ts'
import { environment } from './environment.ts'
import { substituteEnvironment } from './envsubst.ts'
import { evaluateText, raise } from './evaluate-text.ts'
import { explode } from './explode.ts'
import { empty, macro, pipe, self, union } from './flow.ts'
import { flatten, groupBy, pivot, unique, uniqueBy } from './group.ts'
import { literal, text } from './literals.ts'
import { load, loadText } from './load.ts'
import { multiply } from './multiply.ts'
import { deletePaths, path, setPath } from './path-lists.ts'
import { index, name } from './paths.ts'
import { omit, pick } from './pick.ts'
import { capture, match, substitute, test } from './regular-expressions.ts'
import { filter, first, firstItem, map, mapValues, select, withPath } from './select.ts'
import { reverse, shuffle, sort, sortBy, sortKeys } from './sort.ts'
import { changeCase, join, split, toNumber, toText, trim } from './strings.ts'
import { minus } from './subtract.ts'
import { system } from './system.ts'
import { bind, reduce, variable } from './variables.ts'
import { Binding, type OperatorTable } from './operator.ts'

/** Every operator of the language: how many operands, how tight it binds, and what it does. */
export const operators: OperatorTable = {
  self: { arity: 0, binding: Binding.path, evaluate: self },
  empty: { arity: 0, binding: Binding.word, evaluate: empty },
  literal: { arity: 0, binding: Binding.word, evaluate: literal },
  text: { arity: 0, binding: Binding.word, evaluate: text },
  name: { arity: 0, binding: Binding.path, takesPath: true, evaluate: name },
  descend: { arity: 0, binding: Binding.word, evaluate: descend },
  variable: { arity: 0, binding: Binding.path, takesPath: true, evaluate: variable },
  environment: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: environment },
  substituteEnvironment: { arity: 0, binding: Binding.word, evaluate: substituteEnvironment },
  parent: { arity: 0, binding: Binding.word, takesPath: true, evaluate: parent },
  parents: { arity: 0, binding: Binding.word, evaluate: parents },
  macro: { arity: 0, binding: Binding.word, evaluate: macro },
  length: { arity: 0, binding: Binding.word, evaluate: length },
  line: { arity: 0, binding: Binding.word, evaluate: line },
  column: { arity: 0, binding: Binding.word, evaluate: column },
  keys: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: keys },
  key: { arity: 0, binding: Binding.word, evaluate: key },
  isKey: { arity: 0, binding: Binding.word, evaluate: isKey },
  path: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: path },
  kind: { arity: 0, binding: Binding.word, evaluate: kind },
  tag: { arity: 0, binding: Binding.word, evaluate: tag },
  style: { arity: 0, binding: Binding.word, evaluate: style },
  anchor: { arity: 0, binding: Binding.word, evaluate: anchor },
  alias: { arity: 0, binding: Binding.word, evaluate: alias },
  comment: { arity: 0, binding: Binding.word, evaluate: comment },
  documentIndex: { arity: 0, binding: Binding.word, evaluate: documentIndex },
  fileName: { arity: 0, binding: Binding.word, evaluate: fileName },
  fileIndex: { arity: 0, binding: Binding.word, evaluate: fileIndex },
  splitDocument: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: splitDocument },
  not: { arity: 0, binding: Binding.word, evaluate: not },
  any: { arity: 0, binding: Binding.word, evaluate: any },
  all: { arity: 0, binding: Binding.word, evaluate: all },
  min: { arity: 0, binding: Binding.assignment, evaluate: min },
  max: { arity: 0, binding: Binding.assignment, evaluate: max },
  toNumber: { arity: 0, binding: Binding.word, evaluate: toNumber },
  toText: { arity: 0, binding: Binding.word, evaluate: toText },
  trim: { arity: 0, binding: Binding.word, evaluate: trim },
  changeCase: { arity: 0, binding: Binding.word, evaluate: changeCase },
  toEntries: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: toEntries },
  fromEntries: { arity: 0, binding: Binding.word, evaluate: fromEntries },
  collectObject: { arity: 0, binding: Binding.word, evaluate: collectObject },
  sort: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: sort },
  reverse: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: reverse },
  shuffle: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: shuffle },
  unique: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: unique },
  flatten: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: flatten },
  firstItem: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: firstItem },
  pivot: { arity: 0, binding: Binding.prefix, takesPath: true, evaluate: pivot },
  encode: { arity: 0, binding: Binding.word, evaluate: encode },
  decode: { arity: 0, binding: Binding.word, evaluate: decode },
  now: { arity: 0, binding: Binding.word, evaluate: now },
  fromUnix: { arity: 0, binding: Binding.word, evaluate: fromUnix },
  toUnix: { arity: 0, binding: Binding.word, evaluate: toUnix },
  collect: { arity: 1, binding: Binding.word, evaluate: collect },
  select: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: select },
  filter: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: filter },
  first: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: first },
  map: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: map },
  mapValues: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: mapValues },
  has: { arity: 1, binding: Binding.word, evaluate: has },
  contains: { arity: 1, binding: Binding.word, evaluate: contains },
  pick: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: pick },
  omit: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: omit },
  evaluateText: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: evaluateText },
  raise: { arity: 1, binding: Binding.word, evaluate: raise },
  anyMatch: { arity: 1, binding: Binding.word, evaluate: anyMatch },
  allMatch: { arity: 1, binding: Binding.word, evaluate: allMatch },
  withEntries: { arity: 1, binding: Binding.word, evaluate: withEntries },
  with: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: withPath },
  delete: { arity: 1, binding: Binding.assignment, evaluate: deleteMatches },
  setPath: { arity: 1, binding: Binding.word, evaluate: setPath },
  deletePaths: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: deletePaths },
  explode: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: explode },
  sortBy: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: sortBy },
  sortKeys: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: sortKeys },
  uniqueBy: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: uniqueBy },
  groupBy: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: groupBy },
  join: { arity: 1, binding: Binding.word, evaluate: join },
  split: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: split },
  substitute: { arity: 1, binding: Binding.word, evaluate: substitute },
  match: { arity: 1, binding: Binding.word, evaluate: match },
  capture: { arity: 1, binding: Binding.word, evaluate: capture },
  test: { arity: 1, binding: Binding.word, evaluate: test },
  load: { arity: 1, binding: Binding.prefix, takesPath: true, evaluate: load },
  loadText: { arity: 1, binding: Binding.prefix, evaluate: loadText },
  system: { arity: 1, binding: Binding.word, evaluate: system },
  formatDatetime: { arity: 1, binding: Binding.word, evaluate: formatDatetime },
  withDatetimeFormat: { arity: 1, binding: Binding.word, evaluate: withDatetimeFormat },
  timezone: { arity: 1, binding: Binding.word, evaluate: timezone },
  pipe: { arity: 2, binding: Binding.pipe, evaluate: pipe },
  step: { arity: 2, binding: Binding.step, evaluate: pipe },
  index: { arity: 2, binding: Binding.word, evaluate: index },
  union: { arity: 2, binding: Binding.sequence, evaluate: union },
  block: { arity: 2, binding: Binding.sequence, evaluate: empty },
  entry: { arity: 2, binding: Binding.entry, evaluate: entry },
  or: { arity: 2, binding: Binding.logic, evaluate: or },
  and: { arity: 2, binding: Binding.logic, evaluate: and },
  reduce: { arity: 2, binding: Binding.reduce, evaluate: reduce },
  bind: { arity: 2, binding: Binding.assignment, evaluate: bind },
  assign: { arity: 2, binding: Binding.assignment, evaluate: assign },
  assignStyle: { arity: 2, binding: Binding.assignment, evaluate: assignStyle },
  assignTag: { arity: 2, binding: Binding.assignment, evaluate: assignTag },
  assignAnchor: { arity: 2, binding: Binding.assignment, evaluate: assignAnchor },
  assignAlias: { arity: 2, binding: Binding.assignment, evaluate: assignAlias },
  assignComment: { arity: 2, binding: Binding.assignment, evaluate: assignComment },
  addAssign: { arity: 2, binding: Binding.assignment, evaluate: addAssign },
  subtractAssign: { arity: 2, binding: Binding.assignment, evaluate: subtractAssign },
  multiplyAssign: { arity: 2, binding: Binding.arithmetic, evaluate: multiplyAssign },
  multiply: { arity: 2, binding: Binding.arithmetic, evaluate: multiply },
  divide: { arity: 2, binding: Binding.arithmetic, evaluate: divide },
  modulo: { arity: 2, binding: Binding.arithmetic, evaluate: modulo },
  add: { arity: 2, binding: Binding.arithmetic, evaluate: plus },
  subtract: { arity: 2, binding: Binding.arithmetic, evaluate: minus },
  alternative: { arity: 2, binding: Binding.arithmetic, evaluate: alternative },
  equals: { arity: 2, binding: Binding.assignment, evaluate: equals },
  notEquals: { arity: 2, binding: Binding.assignment, evaluate: notEquals },
  compare: { arity: 2, binding: Binding.assignment, evaluate: compare },
}
