import * as v from 'valibot'

import { anything, choice, count, list, text, texts } from './fields.ts'

// The differences within a resource or a job.

const key = v.strictObject({ key: text('The key of a map.') })
const index = v.strictObject({
  index: count('The index in a list, from 0: in the new list, or in the old one for what was removed.'),
  label: v.optional(text('What a person would call the item. Absent when it has no name.')),
})
const item = v.strictObject({
  item: v.pipe(
    v.record(v.string(), v.string()),
    v.description('The fields that name an item of a list, such as `{"name": "deck"}`.'),
  ),
  index: count('Its index, from 0: in the new list, or in the old one for what was removed.'),
})
const file = v.strictObject({
  file: v.pipe(
    v.literal(true),
    v.description('From here on the path leads into the YAML or JSON that the string before it holds.'),
  ),
})

/** One step of a path. */
export const step = v.union([key, index, item, file])

const line = v.strictObject({
  kind: choice(
    ['same', 'removed', 'added'],
    'Whether the line is on both sides, only before, or only after.',
  ),
  text: text('The line, without its end.'),
})

/** Changed lines of a text with some lines around them. */
export const hunk = v.strictObject({
  beforeStart: count('The number of its first line before, from 1.'),
  afterStart: count('The number of its first line after, from 1.'),
  lines: list(line, 'Its lines.'),
})

const at = {
  path: text('The place in the resource, for people. Programs read `steps`.'),
  steps: list(step, 'The same place, for programs.'),
}
const kind = <const Name extends string>(name: Name, meaning: string) =>
  v.pipe(v.literal(name), v.description(meaning))

const moved = v.strictObject({
  name: text('What the item is called.'),
  from: count('Its index before, from 0.'),
  to: count('Its index after, from 0.'),
})

/** One difference. */
export const change = v.variant('change', [
  v.strictObject({ change: kind('added', 'A value is new.'), ...at, after: anything('The new value.') }),
  v.strictObject({ change: kind('removed', 'A value is gone.'), ...at, before: anything('The old value.') }),
  v.strictObject({
    change: kind('replaced', 'A value is another one.'),
    ...at,
    before: anything('The old value.'),
    after: anything('The new value.'),
  }),
  v.strictObject({
    change: kind('reordered', 'The items of a list are in another order.'),
    ...at,
    before: texts('What the items are called, in the old order.'),
    after: texts('The same, in the new order.'),
    moved: list(moved, 'The fewest moves that give the new order.'),
  }),
  v.strictObject({
    change: kind('text', 'The lines of a text changed.'),
    ...at,
    reason: choice(
      ['lines', 'layout'],
      '`layout`: the text is a YAML or JSON file, and only its comments or layout changed.',
    ),
    linesAdded: count('How many lines are new.'),
    linesRemoved: count('How many lines are gone.'),
    hunks: list(hunk, 'The changed lines.'),
  }),
])

/** A text before and after. */
export const words = v.strictObject({ before: text('The words before.'), after: text('The words after.') })
