import { collect, collectObject, entry } from '../collect.ts'
import { fromEntries, toEntries, withEntries } from '../entries.ts'
import { flatten, groupBy, pivot, unique, uniqueBy } from '../group.ts'
import { reverse, shuffle, sort, sortBy, sortKeys } from '../sort.ts'
import { binary, Binding, CHANGES, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Maps and lists as a whole. */
export const COLLECTION_OPERATORS: OperatorRows<
  | 'collect'
  | 'collectObject'
  | 'entry'
  | 'toEntries'
  | 'fromEntries'
  | 'withEntries'
  | 'sort'
  | 'sortBy'
  | 'sortKeys'
  | 'reverse'
  | 'shuffle'
  | 'unique'
  | 'uniqueBy'
  | 'groupBy'
  | 'flatten'
  | 'pivot'
> = {
  collect: unary({ evaluate: collect, words: { collect: PLAIN } }),
  collectObject: leaf({ evaluate: collectObject }),
  entry: binary({ binding: Binding.entry, evaluate: entry, yqName: 'CREATE_MAP' }),
  toEntries: leaf({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: toEntries,
    words: { 'to_?entries|toEntries': PLAIN },
  }),
  fromEntries: leaf({ evaluate: fromEntries, words: { 'from_?entries|fromEntries': PLAIN } }),
  withEntries: unary({ evaluate: withEntries, words: { 'with_?entries|withEntries': PLAIN } }),
  sort: leaf({ binding: Binding.prefix, takesPath: true, evaluate: sort, words: { sort: PLAIN } }),
  sortBy: unary({ binding: Binding.prefix, takesPath: true, evaluate: sortBy, words: { 'sort_?by': PLAIN } }),
  sortKeys: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: sortKeys,
    traced: CHANGES,
    words: { 'sort_?keys|sortKeys': PLAIN },
  }),
  reverse: leaf({ binding: Binding.prefix, takesPath: true, evaluate: reverse, words: { reverse: PLAIN } }),
  shuffle: leaf({ binding: Binding.prefix, takesPath: true, evaluate: shuffle, words: { shuffle: PLAIN } }),
  unique: leaf({ binding: Binding.prefix, takesPath: true, evaluate: unique, words: { unique: PLAIN } }),
  uniqueBy: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: uniqueBy,
    words: { 'unique_?by': PLAIN },
  }),
  groupBy: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: groupBy,
    words: { 'group_?by': PLAIN },
  }),
  flatten: leaf({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: flatten,
    traced: CHANGES,
    yqName: 'FLATTEN_BY',
    words: { flatten: { options: { depth: -1 }, suffix: 'depth' } },
  }),
  pivot: leaf({ binding: Binding.prefix, takesPath: true, evaluate: pivot, words: { pivot: PLAIN } }),
}
