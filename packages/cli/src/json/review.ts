import * as v from 'valibot'

import { schema as diff } from './diff.ts'
import { boolean, choice, count, list, object, output, type Printed, text, texts } from './fields.ts'
import { schema as jobsDiff } from './jobs-diff.ts'
import { checkFinding, error, finding, reason } from './shared.ts'

const overlay = v.strictObject({
  overlay: text('Its name.'),
  change: choice(['changed', 'added', 'removed'], 'Whether the overlay itself is new or was removed.'),
  reasons: list(reason, 'Why the change can affect it. Empty for a new or removed overlay.'),
  golden: v.optional(
    choice(
      ['matches', 'differs', 'missing'],
      'Whether its render matches its golden. Absent when it has no render, and in a workspace without goldens.',
    ),
  ),
  error: v.optional(
    object(error, 'Why it cannot be rendered, or its golden not be read. Absent when both can.'),
  ),
  errorBefore: v.optional(
    object(error, 'Why it could not be rendered before the change. Absent when it could.'),
  ),
  findings: list(finding, 'Its findings that the base lacks.'),
})

const inNoOverlay = v.strictObject({
  count: count('How many there are.'),
  files: texts('The first 100, sorted, relative to the workspace.'),
})

export const schema = output({
  base: text('The revision, as it was given.'),
  commit: text('The full hash of the commit that the change started from.'),
  borrowsConfiguration: boolean(
    "Whether the base has no valid `overlay-render.yaml`, so that the work tree's was used for it.",
  ),
  needsAttention: boolean(
    'Whether a person has to look: a golden differs, there is a new finding, or an overlay does not render.',
  ),
  overlays: list(overlay, 'The overlays that the change can affect, sorted by name.'),
  unaffected: texts('The names of the other overlays.'),
  findings: list(
    checkFinding,
    'New findings of no overlay, and of overlays that the change does not affect.',
  ),
  orphans: texts('The names of goldens whose overlay is gone.'),
  inNoOverlay: v.optional(
    object(
      inNoOverlay,
      'The changed files that no overlay reads. Absent in parts after the first, and when git cannot tell.',
    ),
  ),
  report: object(diff, 'How the manifests of the overlays change, from the base to the work tree.'),
  jobs: v.optional(
    object(
      jobsDiff,
      "How Prow's jobs change. Absent in a workspace without jobs, and in parts after the first.",
    ),
  ),
})

export type ReviewJson = Printed<v.InferOutput<typeof schema>>

export const example: ReviewJson = {
  version: 1,
  base: 'origin/main',
  commit: '1b4f0e9851971998e732078544c96b36c3d01ced',
  borrowsConfiguration: false,
  needsAttention: false,
  overlays: [
    {
      overlay: 'testing',
      change: 'changed',
      reasons: [{ kind: 'changed', path: 'overlays/testing/patches/deck.yaml' }],
      golden: 'matches',
      findings: [],
    },
  ],
  unaffected: ['production'],
  findings: [],
  orphans: [],
  inNoOverlay: { count: 1, files: ['../README.md'] },
  report: { version: 1, comparisons: [], groups: [] },
}
