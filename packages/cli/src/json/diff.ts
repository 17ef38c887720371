import * as v from 'valibot'

import { change, words } from './changes.ts'
import {
  anything,
  boolean,
  choice,
  count,
  list,
  object,
  output,
  type Printed,
  text,
  texts,
} from './fields.ts'
import { error, finding, resource } from './shared.ts'

const kind = choice(['added', 'removed', 'changed', 'renamed'], 'What happened to it.')

const changed = v.strictObject({
  change: kind,
  resource,
  previous: v.optional(object(resource, 'Its old identity. Absent unless it was renamed.')),
  value: v.optional(anything('The whole object. Absent unless it was added or removed.')),
  changes: list(change, 'The differences in it. Empty when it was added or removed.'),
})

const effect = v.strictObject({
  kind: choice(
    ['refused', 'comes-first', 'needs-server-side-apply', 'not-pruned', 'pods-roll'],
    'The API server refuses the change of an immutable field (`refused`), other objects need it first (`comes-first`), it is over 262,144 bytes (`needs-server-side-apply`), it stays in the cluster (`not-pruned`), or its pods are replaced (`pods-roll`).',
  ),
  resource,
  reason: text('Why, for people.'),
})

const numbers = v.strictObject({
  changed: count('Resources that changed.'),
  added: count('Resources that are new.'),
  removed: count('Resources that are gone.'),
  renamed: count('Resources that have another name.'),
  unchanged: count('Resources that are the same.'),
  ignored: count('Differences that `golden.ignore` hides.'),
})

/** A comparison of two sides. */
export const comparison = v.strictObject({
  title: text('The overlay, or the two sides.'),
  before: text('The old side.'),
  after: text('The new side.'),
  differs: boolean('Whether any resource differs.'),
  counts: object(numbers, 'Numbers of resources and differences.'),
  resources: list(changed, 'The resources that differ, sorted by apiVersion, kind, namespace and name.'),
  ignored: list(
    v.strictObject({
      rule: text('The rule of `golden.ignore`.'),
      count: count('How many differences it hides.'),
    }),
    'The rules that hide differences.',
  ),
  effects: list(effect, 'What applying the new side does. Empty for two overlays.'),
  findings: list(finding, 'Mistakes in the new side that the comparison found.'),
  acceptCommand: v.optional(text('The command that accepts the difference. Absent when there is none.')),
})

/** An overlay that could not be compared. */
export const failure = v.strictObject({
  title: text('The overlay.'),
  problem: text('Why there is no comparison, for people.'),
  error: v.optional(
    object(
      error,
      'The error that stopped it. Absent for a golden without an overlay, and for a new finding.',
    ),
  ),
})

/** A section of a review about something else, such as the jobs of Prow. */
export const note = v.strictObject({
  title: text('What it is about.'),
  summary: text('It in a few words.'),
  text: text('Lines for people; those that begin with `+` or `-` were added or removed.'),
})

const group = v.strictObject({
  heading: text('What the places have in common, for people.'),
  words: v.optional(
    object(
      words,
      'What changed in all of them where the values differ otherwise, such as a tag that many images share. Absent when the whole values are the same.',
    ),
  ),
  places: list(
    v.strictObject({
      comparison: text('The title of the comparison.'),
      resource,
      paths: texts('The `path` of each change.'),
    }),
    'Where the change is.',
  ),
})

export const schema = output({
  comparisons: list(
    v.union([comparison, failure, note]),
    'One for each overlay or pair of sides. `--report json=FILE` of a review also has notes.',
  ),
  groups: list(
    group,
    'Changes that several resources, items or comparisons have in common, the most frequent first.',
  ),
})

export type DiffJson = Printed<v.InferOutput<typeof schema>>

export const example: DiffJson = {
  version: 1,
  comparisons: [
    {
      title: 'testing',
      before: 'golden/testing.yaml',
      after: 'testing',
      differs: true,
      counts: { added: 0, changed: 1, ignored: 0, removed: 0, renamed: 0, unchanged: 134 },
      resources: [
        {
          change: 'changed',
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deck', namespace: 'prow' },
          changes: [
            {
              change: 'replaced',
              path: 'spec.template.spec.containers[name=deck].image',
              steps: [
                { key: 'spec' },
                { key: 'template' },
                { key: 'spec' },
                { key: 'containers' },
                { item: { name: 'deck' }, index: 0 },
                { key: 'image' },
              ],
              before: 'deck:v1',
              after: 'deck:v2',
            },
          ],
        },
      ],
      ignored: [],
      effects: [
        {
          kind: 'pods-roll',
          resource: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'deck', namespace: 'prow' },
          reason: 'spec.template.spec.containers[name=deck].image changes',
        },
      ],
      findings: [],
      acceptCommand: 'overlay-render golden update testing',
    },
  ],
  groups: [],
}
