import type { UnaryName } from '../expression/ast.ts'
import { allMatch, anyMatch } from './booleans.ts'
import { collect } from './collect.ts'
import { contains, has } from './contains.ts'
import { formatDatetime, timezone, withDatetimeFormat } from './datetime.ts'
import { deleteMatches } from './delete.ts'
import { withEntries } from './entries.ts'
import { evaluateText, raise } from './evaluate-text.ts'
import { explode } from './explode.ts'
import { groupBy, uniqueBy } from './group.ts'
import { load, loadText } from './load.ts'
import { deletePaths, setPath } from './path-lists.ts'
import { omit, pick } from './pick.ts'
import { capture, match, substitute, test } from './regular-expressions.ts'
import { filter, first, map, mapValues, select, withPath } from './select.ts'
import { sortBy, sortKeys } from './sort.ts'
import { join, split } from './strings.ts'
import { system } from './system.ts'
import { RESULTS, Binding, CHANGES, type OperatorRows, PLAIN } from './operator.ts'

/** Operators with one operand. */
export const UNARY_OPERATORS: OperatorRows<UnaryName> = {
  collect: { arity: 1, binding: Binding.word, evaluate: collect, traced: RESULTS, words: { collect: PLAIN } },
  select: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: select,
    traced: RESULTS,
    words: { select: PLAIN },
  },
  filter: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: filter,
    traced: RESULTS,
    words: { filter: PLAIN },
  },
  first: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: first,
    traced: RESULTS,
    words: { first: PLAIN },
  },
  map: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: map,
    traced: RESULTS,
    words: { map: PLAIN },
  },
  mapValues: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: mapValues,
    traced: CHANGES,
    words: { 'map_?values': PLAIN },
  },
  has: { arity: 1, binding: Binding.word, evaluate: has, traced: RESULTS, words: { has: PLAIN } },
  contains: {
    arity: 1,
    binding: Binding.word,
    evaluate: contains,
    traced: RESULTS,
    words: { contains: PLAIN },
  },
  pick: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: pick,
    traced: RESULTS,
    words: { pick: PLAIN },
  },
  omit: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: omit,
    traced: RESULTS,
    words: { omit: PLAIN },
  },
  evaluateText: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: evaluateText,
    traced: RESULTS,
    yqName: 'EVAL',
    words: { eval: PLAIN },
  },
  raise: {
    arity: 1,
    binding: Binding.word,
    evaluate: raise,
    traced: RESULTS,
    yqName: 'ERROR',
    words: { error: PLAIN },
  },
  anyMatch: {
    arity: 1,
    binding: Binding.word,
    evaluate: anyMatch,
    traced: RESULTS,
    yqName: 'ANY_CONDITION',
    words: { any_c: PLAIN },
  },
  allMatch: {
    arity: 1,
    binding: Binding.word,
    evaluate: allMatch,
    traced: RESULTS,
    yqName: 'ALL_CONDITION',
    words: { all_c: PLAIN },
  },
  withEntries: {
    arity: 1,
    binding: Binding.word,
    evaluate: withEntries,
    traced: RESULTS,
    words: { 'with_?entries|withEntries': PLAIN },
  },
  with: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: withPath,
    traced: RESULTS,
    words: { with: PLAIN },
  },
  delete: {
    arity: 1,
    binding: Binding.assignment,
    evaluate: deleteMatches,
    traced: CHANGES,
    yqName: 'DELETE',
    words: { del: PLAIN },
  },
  setPath: {
    arity: 1,
    binding: Binding.word,
    evaluate: setPath,
    traced: CHANGES,
    yqName: 'SET_PATH',
    words: { 'set_?path': PLAIN },
  },
  deletePaths: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: deletePaths,
    traced: CHANGES,
    yqName: 'DEL_PATHS',
    words: { 'del_?paths': PLAIN },
  },
  explode: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: explode,
    traced: CHANGES,
    words: { explode: PLAIN },
  },
  sortBy: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: sortBy,
    traced: RESULTS,
    words: { 'sort_?by': PLAIN },
  },
  sortKeys: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: sortKeys,
    traced: CHANGES,
    words: { 'sort_?keys|sortKeys': PLAIN },
  },
  uniqueBy: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: uniqueBy,
    traced: RESULTS,
    words: { 'unique_?by': PLAIN },
  },
  groupBy: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: groupBy,
    traced: RESULTS,
    words: { 'group_?by': PLAIN },
  },
  join: { arity: 1, binding: Binding.word, evaluate: join, traced: RESULTS, words: { join: PLAIN } },
  split: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: split,
    traced: RESULTS,
    words: { split: PLAIN },
  },
  substitute: {
    arity: 1,
    binding: Binding.word,
    evaluate: substitute,
    traced: RESULTS,
    yqName: 'SUBSTR',
    words: { sub: PLAIN },
  },
  match: { arity: 1, binding: Binding.word, evaluate: match, traced: RESULTS, words: { match: PLAIN } },
  capture: { arity: 1, binding: Binding.word, evaluate: capture, traced: RESULTS, words: { capture: PLAIN } },
  test: { arity: 1, binding: Binding.word, evaluate: test, traced: RESULTS, words: { test: PLAIN } },
  load: {
    arity: 1,
    binding: Binding.prefix,
    takesPath: true,
    evaluate: load,
    traced: RESULTS,
    words: {
      load: { options: { format: 'yaml' } },
      'load_?xml|xml_?load': { options: { format: 'xml' } },
      'load_?props': { options: { format: 'props' } },
      'load_?base64': { options: { format: 'base64' } },
    },
  },
  loadText: {
    arity: 1,
    binding: Binding.prefix,
    evaluate: loadText,
    traced: RESULTS,
    yqName: 'LOAD_STRING',
    words: { 'load_?str|str_?load': PLAIN },
  },
  system: { arity: 1, binding: Binding.word, evaluate: system, traced: RESULTS, words: { system: PLAIN } },
  formatDatetime: {
    arity: 1,
    binding: Binding.word,
    evaluate: formatDatetime,
    traced: RESULTS,
    yqName: 'FORMAT_DATE_TIME',
    words: { format_datetime: PLAIN },
  },
  withDatetimeFormat: {
    arity: 1,
    binding: Binding.word,
    evaluate: withDatetimeFormat,
    traced: RESULTS,
    yqName: 'WITH_DATE_TIME_FORMAT',
    words: { with_dtf: PLAIN },
  },
  timezone: { arity: 1, binding: Binding.word, evaluate: timezone, traced: RESULTS, words: { tz: PLAIN } },
}
