import * as v from 'valibot'

import { anything, boolean, choice, count, list, output, type Printed, text } from './fields.ts'
import { optionalPlace, resource } from './shared.ts'

const kind = choice(
  ['file', 'generator', 'stub', 'template', 'edit', 'script', 'patch', 'component', 'field', 'kustomize'],
  'What the step is; a `field` is one of the kustomization, such as `namespace`.',
)

const step = v.strictObject({
  kind,
  title: text('Such as `patches[3] of overlays/testing/kustomization.yaml`.'),
  ...optionalPlace,
  patch: v.optional(text('The file that the step reads, such as that of a patch. Absent when it has none.')),
  changed: v.optional(boolean('Whether the step changed the resource. Absent when that is not known.')),
})

const valueStep = v.strictObject({
  kind,
  title: text('As above.'),
  ...optionalPlace,
  value: anything('The value after the step.'),
})

export const schema = output({
  overlay: text('The overlay.'),
  resource,
  steps: list(step, 'Where the resource comes from, and each step that touched it, in order.'),
  values: list(
    v.strictObject({
      path: text("In yq's path language."),
      value: anything('The value in the output.'),
      steps: list(valueStep, 'The steps that set it, in order; the last one set the value in the output.'),
    }),
    'With a path: each scalar that it selects. Empty without one.',
  ),
  more: count('How many more values the path selects.'),
  doubt: v.optional(text('Why the steps may be incomplete. Absent when the whole build could be traced.')),
})

export type ExplainJson = Printed<v.InferOutput<typeof schema>>

export const example: ExplainJson = {
  version: 1,
  overlay: 'testing',
  resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' },
  steps: [
    { kind: 'file', title: 'base/deck.yaml', file: 'base/deck.yaml', line: 1, column: 1 },
    {
      kind: 'patch',
      title: 'patches[0] of overlays/testing/kustomization.yaml',
      file: 'overlays/testing/kustomization.yaml',
      line: 6,
      column: 3,
      patch: 'overlays/testing/patches/deck.yaml',
      changed: true,
    },
  ],
  values: [
    {
      path: '.spec.replicas',
      value: 1,
      steps: [
        {
          kind: 'file',
          title: 'base/deck.yaml',
          file: 'base/deck.yaml',
          line: 9,
          column: 13,
          value: 2,
        },
        {
          kind: 'patch',
          title: 'patches[0] of overlays/testing/kustomization.yaml',
          file: 'overlays/testing/patches/deck.yaml',
          line: 6,
          column: 13,
          value: 1,
        },
      ],
    },
  ],
  more: 0,
}
