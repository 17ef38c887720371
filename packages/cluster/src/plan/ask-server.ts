import { formatId, groupOf, type Manifests, type Resource } from '@overlay-render/golden'
import type { Finding } from '@overlay-render/system'

import type { Kubectl } from '../kubectl.ts'
import { reasonFor } from '../kubectl-words.ts'
import { definedKinds } from './order.ts'
import type { Plan, PlanStep } from './plan.ts'
import { applyArguments } from './step-words.ts'

/** Questions at a time: the server answers in parallel, and each is a process here. */
const LANES = 4

/**
 * Asks the server for each step, by dry run, whether it would take it, and returns what it said. What only an earlier
 * step of the plan makes possible cannot be asked.
 */
export async function askServer(kubectl: Kubectl, plan: Plan, after: Manifests): Promise<Finding[]> {
  const created = plan.steps.filter(({ action }) => action === 'create').map(({ id }) => id)
  const namespaces = new Set(created.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name))
  const kinds = definedKinds(created.flatMap((id) => after.find(id) ?? []))
  const canAsk = ({ id }: PlanStep): boolean =>
    !namespaces.has(id.namespace) && !kinds.has(`${groupOf(id.apiVersion)}/${id.kind}`)
  const sent = plan.steps.filter(({ action }) => action === 'create' || action === 'change')
  const asked = sent.filter(canAsk)
  const answers = new Map<PlanStep, Finding[]>()
  const queue = asked.values()
  const lane = async (): Promise<void> => {
    for (const step of queue) {
      const resource = after.find(step.id)
      if (resource !== undefined) answers.set(step, await ask(kubectl, step, resource, plan.title))
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const silent = sent.length - asked.length
  const note: Finding = {
    rule: 'not-asked',
    severity: 'info',
    message: `${silent} of the steps cannot be asked of the server before the namespaces and definitions of this plan are there`,
  }
  return [...asked.flatMap((step) => answers.get(step) ?? []), ...(silent > 0 ? [note] : [])]
}

async function ask(
  kubectl: Kubectl,
  step: PlanStep,
  { id, text, position }: Resource,
  overlay: string,
): Promise<Finding[]> {
  const args = [...applyArguments(step, overlay), '--dry-run=server', '--validate=strict']
  const first = await kubectl.run(args, { input: text })
  const owners = first.ok ? [] : ownersIn(first.stderr)
  const conflicts = owners.map((owner): Finding => ({
    rule: 'owned-by-others',
    severity: 'warning',
    message: `${formatId(id)}: ${owner}; applying takes it over`,
    position,
  }))
  const answer =
    owners.length > 0 ? await kubectl.run([...args, '--force-conflicts'], { input: text }) : first
  if (answer.ok) return conflicts
  const message = `${formatId(id)}: the API server refuses it: ${reasonFor(answer.stderr, id.kind)}`
  return [...conflicts, { rule: 'refused-by-server', severity: 'error', message, position }]
}

/** `conflict with "x" using v1: .spec.replicas`, and the list form of it. */
function ownersIn(stderr: string): string[] {
  const one = /conflict with "([^"]+)"[^:]*: (\.\S+)/gu
  const found = [...stderr.matchAll(one)].map(([, owner, field]) => `${field} is owned by ${owner}`)
  const lists = [...stderr.matchAll(/conflicts? with "([^"]+)"[^:\n]*:\n((?:- \S+\n?)+)/gu)].flatMap(
    ([, owner, fields = '']) =>
      fields
        .split('\n')
        .filter(Boolean)
        .map((line) => `${line.slice(2)} is owned by ${owner}`),
  )
  return [...new Set([...found, ...lists])]
}
