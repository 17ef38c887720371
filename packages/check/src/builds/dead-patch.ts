import type { ResourceId } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { type BuildCheck, patchExample, type PatchFact, selectedExample } from './build-check.ts'
import { describeTarget } from './describe-target.ts'

const NAME = 'dead-patch'

/** Patches that select nothing. */
export const deadPatch: Rule<BuildCheck> = {
  name: NAME,
  severity: 'warning',
  doc: 'A patch selects nothing when it runs, and kustomize says nothing.',
  check: ({ patches, ids }) =>
    patches
      .filter(({ target, selected }) => target !== undefined && selected?.length === 0)
      .map((patch) => ({
        rule: NAME,
        severity: 'warning',
        message: `${patch.name} selects nothing: when it runs, no object is ${describeTarget(patch.target ?? {})}`,
        object: patch.object,
        position: patch.position,
        hint: hintFor(patch, ids),
      })),
  examples: {
    fires: [
      patchExample('a target that nothing matches', { target: { kind: 'Deployment', name: 'deck' } }),
      patchExample(
        'a name that is near another',
        { target: { kind: 'Deployment', name: 'dekc' } },
        { ids: [selectedExample('Deployment', 'deck').id] },
      ),
    ],
    silent: [
      patchExample('a target that something matches', {
        target: { kind: 'Deployment' },
        selected: [selectedExample('Deployment', 'deck')],
      }),
      patchExample('a patch without a target: kustomize refuses it when nothing matches', {}),
      patchExample('a patch whose selection is unknown, because a later step removed objects', {
        target: { kind: 'Deployment' },
        selected: undefined,
      }),
    ],
  },
}

function hintFor({ target = {} }: PatchFact, ids: readonly ResourceId[]): string {
  const { kind, name = '', namespace } = target
  const alike = ids.filter((id) => kind === undefined || id.kind === kind)
  if (alike.length === 0) return `nothing in the output is a ${kind ?? 'resource'}: remove the patch`
  const [near] = /^[\w.-]+$/u.test(name) ? nearestNames(name, new Set(alike.map((id) => id.name))) : []
  if (near !== undefined && near !== name) return `did you mean the name ${near}? If not, remove the patch`
  const namespaces = [...new Set(alike.map((id) => id.namespace || 'none'))].sort().slice(0, 5)
  if (namespace !== undefined)
    return `objects of that kind end in the namespaces ${namespaces.join(', ')}: correct the target, or remove the patch`
  return 'correct the target, or remove the patch'
}
