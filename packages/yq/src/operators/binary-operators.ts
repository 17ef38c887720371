import type { BinaryName } from '../expression/ast.ts'
import { plus } from './add.ts'
import { alternative } from './alternative.ts'
import { addAssign, assign, multiplyAssign, subtractAssign } from './assign.ts'
import { assignAlias, assignAnchor, assignStyle, assignTag } from './attributes.ts'
import { and, or } from './booleans.ts'
import { entry } from './collect.ts'
import { assignComment } from './comments.ts'
import { compare, equals, notEquals } from './compare.ts'
import { divide, modulo } from './divide.ts'
import { empty, pipe, union } from './flow.ts'
import { multiply } from './multiply.ts'
import { index } from './paths.ts'
import { minus } from './subtract.ts'
import { bind, reduce } from './variables.ts'
import { RESULTS, Binding, CHANGES, type OperatorRows, PLAIN } from './operator.ts'

/** Operators with two operands. */
export const BINARY_OPERATORS: OperatorRows<BinaryName> = {
  pipe: { arity: 2, binding: Binding.pipe, evaluate: pipe, traced: RESULTS, words: {} },
  step: { arity: 2, binding: Binding.step, evaluate: pipe, traced: RESULTS, yqName: 'SHORT_PIPE', words: {} },
  index: {
    arity: 2,
    binding: Binding.word,
    evaluate: index,
    traced: RESULTS,
    yqName: 'TRAVERSE_ARRAY',
    words: {},
  },
  union: { arity: 2, binding: Binding.sequence, evaluate: union, traced: RESULTS, words: {} },
  block: { arity: 2, binding: Binding.sequence, evaluate: empty, traced: RESULTS, words: {} },
  entry: {
    arity: 2,
    binding: Binding.entry,
    evaluate: entry,
    traced: RESULTS,
    yqName: 'CREATE_MAP',
    words: {},
  },
  or: { arity: 2, binding: Binding.logic, evaluate: or, traced: RESULTS, words: { or: PLAIN } },
  and: { arity: 2, binding: Binding.logic, evaluate: and, traced: RESULTS, words: { and: PLAIN } },
  reduce: { arity: 2, binding: Binding.reduce, evaluate: reduce, traced: RESULTS, words: { ireduce: PLAIN } },
  bind: {
    arity: 2,
    binding: Binding.assignment,
    evaluate: bind,
    traced: RESULTS,
    yqName: 'ASSIGN_VARIABLE',
    words: { as: { options: { byReference: false } }, ref: { options: { byReference: true } } },
  },
  assign: { arity: 2, binding: Binding.assignment, evaluate: assign, traced: CHANGES, words: {} },
  assignStyle: { arity: 2, binding: Binding.assignment, evaluate: assignStyle, traced: CHANGES, words: {} },
  assignTag: { arity: 2, binding: Binding.assignment, evaluate: assignTag, traced: CHANGES, words: {} },
  assignAnchor: { arity: 2, binding: Binding.assignment, evaluate: assignAnchor, traced: CHANGES, words: {} },
  assignAlias: { arity: 2, binding: Binding.assignment, evaluate: assignAlias, traced: CHANGES, words: {} },
  assignComment: {
    arity: 2,
    binding: Binding.assignment,
    evaluate: assignComment,
    traced: CHANGES,
    words: {},
  },
  addAssign: { arity: 2, binding: Binding.assignment, evaluate: addAssign, traced: CHANGES, words: {} },
  subtractAssign: {
    arity: 2,
    binding: Binding.assignment,
    evaluate: subtractAssign,
    traced: CHANGES,
    words: {},
  },
  multiplyAssign: {
    arity: 2,
    binding: Binding.arithmetic,
    evaluate: multiplyAssign,
    traced: CHANGES,
    words: {},
  },
  multiply: { arity: 2, binding: Binding.arithmetic, evaluate: multiply, traced: RESULTS, words: {} },
  divide: { arity: 2, binding: Binding.arithmetic, evaluate: divide, traced: RESULTS, words: {} },
  modulo: { arity: 2, binding: Binding.arithmetic, evaluate: modulo, traced: RESULTS, words: {} },
  add: { arity: 2, binding: Binding.arithmetic, evaluate: plus, traced: RESULTS, words: {} },
  subtract: { arity: 2, binding: Binding.arithmetic, evaluate: minus, traced: RESULTS, words: {} },
  alternative: { arity: 2, binding: Binding.arithmetic, evaluate: alternative, traced: RESULTS, words: {} },
  equals: { arity: 2, binding: Binding.assignment, evaluate: equals, traced: RESULTS, words: {} },
  notEquals: { arity: 2, binding: Binding.assignment, evaluate: notEquals, traced: RESULTS, words: {} },
  compare: { arity: 2, binding: Binding.assignment, evaluate: compare, traced: RESULTS, words: {} },
}
