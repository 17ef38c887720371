import {
  type Effect,
  formatId,
  formatPath,
  type Manifests,
  type ResourceChange,
} from '@overlay-render/golden'

import type { OwnersAt } from '../live/field-owners.ts'

import { fieldIn, type ObjectFinding } from './object-finding.ts'
import type { PlanStep } from './plan-step.ts'

/**
 * The findings of the diff rules about a step: a change that the API server refuses.
 *
 * @param isNamed whether the user named the object to be replaced: no other is deleted
 */
export function stepFindings(
  step: PlanStep,
  after: Manifests,
  { effects: found, isNamed }: { readonly effects: readonly Effect[]; readonly isNamed: boolean },
): ObjectFinding[] {
  const refused = found.find((effect) => effect.kind === 'refused')
  if (refused === undefined) return []
  const position = after.find(step.id)?.position
  const name = formatId(step.id)
  const at = { id: step.id, path: fieldIn(`${refused.reason}: `) ?? placeIn(refused.reason) }
  if (step.action === 'replace') {
    const rule = 'must-be-replaced'
    if (isNamed)
      return [
        { rule, severity: 'warning', message: `${name}: ${refused.reason}: it is replaced`, position, ...at },
      ]
    const message = `${name}: ${refused.reason}: the API server refuses it, unless the object is replaced`
    return [{ rule, severity: 'error', message, position, ...at, hint: REPLACE_HINT }]
  }
  return [
    { rule: 'refused-by-server', severity: 'error', message: `${name}: ${refused.reason}`, position, ...at },
  ]
}

/** Fields that other managers own and the step overwrites: client-side apply does so without a warning. */
export function takeOvers(
  { id, action, apply }: PlanStep,
  change: ResourceChange | undefined,
  after: Manifests,
  ownersAt: OwnersAt = () => [],
): ObjectFinding[] {
  // For server-side apply, the server reports the conflict itself.
  if (action !== 'change' || apply === 'server') return []
  return (change?.changes ?? []).flatMap(({ path }): ObjectFinding[] => {
    const owners = ownersAt(id, path)
    if (owners.length === 0) return []
    const field = formatPath(path)
    const message = `${formatId(id)}: ${field} is owned by ${owners.join(', ')}; applying takes it over`
    return [
      {
        rule: 'owned-by-others',
        severity: 'warning',
        message,
        position: after.find(id)?.position,
        id,
        path: field,
      },
    ]
  })
}

const REPLACE_HINT = 'it is deleted and created again when it is named to be replaced'

/** The field at the start of a reason, such as `spec.selector` in `spec.selector cannot be changed once the object exists`. */
function placeIn(reason: string): string | undefined {
  return /^((?:metadata|spec|data|value)[\w.[\]]*) /u.exec(reason)?.[1]
}
