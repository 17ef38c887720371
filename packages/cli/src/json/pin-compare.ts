import * as v from 'valibot'

import { choice, count, list, object, output, type Printed, text } from './fields.ts'
import { error, place, resource } from './shared.ts'

const patch = v.strictObject({
  patch: text('Such as `patches[3]`.'),
  ...place,
  more: list(resource, 'The resources that it selects only with the pin `after`.'),
  fewer: list(resource, 'The resources that it selects only with the pin `before`.'),
})

const compared = v.strictObject({
  overlay: text('Its name.'),
  outcome: choice(['same', 'different'], 'Whether the pins build and select the same.'),
  changed: count('How many resources differ.'),
  unchanged: count('How many resources are the same.'),
  patches: v.optional(
    list(patch, 'The patches that select other resources. Absent when the selections are not known.'),
  ),
})

const notBuilt = v.strictObject({
  overlay: text('Its name.'),
  outcome: choice(['not-built'], 'At least one of the pins does not build it.'),
  before: v.optional(object(error, 'Why the pin `before` does not. Absent when it does.')),
  after: v.optional(object(error, 'Why the pin `after` does not. Absent when it does.')),
})

export const schema = output({
  before: text('The first pin, as it was given.'),
  after: text('The second pin, as it was given.'),
  overlays: list(v.union([compared, notBuilt]), 'The overlays, each with its result.'),
})

export type PinCompareJson = Printed<v.InferOutput<typeof schema>>

export const example: PinCompareJson = {
  version: 1,
  before: '4.5.4',
  after: '5.8.1',
  overlays: [{ overlay: 'testing', outcome: 'same', changed: 0, unchanged: 135, patches: [] }],
}
