import * as v from 'valibot'

import { boolean, choice, list, object, output, type Printed, text, texts } from './fields.ts'
import { objectFinding, resource } from './shared.ts'

export const ACTIONS = ['create', 'change', 'replace', 'leave', 'keep', 'prune'] as const

const step = v.strictObject({
  action: choice(
    ACTIONS,
    '`replace`: delete and create again; `leave`: it is as the manifests say; `keep`: no longer rendered, and left in the cluster; `prune`: deleted.',
  ),
  resource,
  apply: choice(['client', 'server'], 'How it is applied: `server` where it is too large for an annotation.'),
  reasons: texts('Why the step is taken, and its other consequences. May be empty.'),
  waits: boolean('Whether `apply` waits until its pods are replaced.'),
})

export const schema = output({
  overlay: text('The overlay.'),
  context: v.optional(
    text('The context of the cluster that was asked. Absent for a plan from the golden to the render.'),
  ),
  prune: boolean('Whether objects that are no longer rendered are deleted.'),
  replace: texts('The objects that may be replaced, as `--replace` names them.'),
  secrets: choice(
    ['real', 'stub'],
    'Whether the manifests hold real secrets. Only such a plan can be applied.',
  ),
  seal: object(
    v.strictObject({
      salt: text('Random.'),
      digest: text('A slow digest of the plan, the manifests and the live objects.'),
    }),
    'With it, `apply --plan` finds out whether anything changed since.',
  ),
  steps: list(step, 'What applying does, in order.'),
  findings: list(objectFinding, 'Errors, which keep the plan from being applied, and warnings.'),
})

export type PlanJson = Printed<v.InferOutput<typeof schema>>

export const example: PlanJson = {
  version: 1,
  overlay: 'production',
  context: 'prow-production',
  prune: false,
  replace: [],
  secrets: 'real',
  seal: { salt: '9f86d081884c7d65', digest: '2c26b46b68ffc68ff99b453c1d304134' },
  steps: [
    {
      action: 'change',
      resource: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'prow', name: 'deck' },
      apply: 'client',
      reasons: ['spec.template.spec.containers[name=deck].image changes'],
      waits: true,
    },
  ],
  findings: [],
}
