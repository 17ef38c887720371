import { contains, has } from '../contains.ts'
import { omit, pick } from '../pick.ts'
import { filter, first, firstItem, map, mapValues, select } from '../select.ts'
import { Binding, CHANGES, leaf, type OperatorRows, PLAIN, unary } from '../operator.ts'

/** Items that match, and a value for each item. */
export const SELECTION_OPERATORS: OperatorRows<
  'select' | 'filter' | 'first' | 'firstItem' | 'map' | 'mapValues' | 'pick' | 'omit' | 'has' | 'contains'
> = {
  select: unary({ binding: Binding.prefix, takesPath: true, evaluate: select, words: { select: PLAIN } }),
  filter: unary({ binding: Binding.prefix, takesPath: true, evaluate: filter, words: { filter: PLAIN } }),
  first: unary({ binding: Binding.prefix, takesPath: true, evaluate: first, words: { first: PLAIN } }),
  firstItem: leaf({ binding: Binding.prefix, takesPath: true, evaluate: firstItem, yqName: 'FIRST' }),
  map: unary({ binding: Binding.prefix, takesPath: true, evaluate: map, words: { map: PLAIN } }),
  mapValues: unary({
    binding: Binding.prefix,
    takesPath: true,
    evaluate: mapValues,
    traced: CHANGES,
    words: { 'map_?values': PLAIN },
  }),
  pick: unary({ binding: Binding.prefix, takesPath: true, evaluate: pick, words: { pick: PLAIN } }),
  omit: unary({ binding: Binding.prefix, takesPath: true, evaluate: omit, words: { omit: PLAIN } }),
  has: unary({ evaluate: has, words: { has: PLAIN } }),
  contains: unary({ evaluate: contains, words: { contains: PLAIN } }),
}
