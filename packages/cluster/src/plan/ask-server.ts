import {
  formatId,
  groupOf,
  isMap,
  type Manifests,
  memberAt,
  type Resource,
  toJson,
} from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { reasonFor } from '../kubectl-words.ts'
import { findMissingNamespaces, missingNamespaces } from './missing-namespaces.ts'
import { definedKinds } from './order.ts'
import { fieldIn, type ObjectFinding } from './object-finding.ts'
import type { Plan } from './plan.ts'
import type { PlanStep } from './plan-step.ts'
import { applyArguments } from './step-words.ts'

/** Questions at a time: the server answers in parallel, and each is a process here. */
const LANES = 4
/** Objects in one question. Where one of them is refused, each is asked for again alone, to know which. */
const CHUNK = 16

/** What is asked together is sent the same way. */
function inChunks(steps: readonly PlanStep[]): PlanStep[][] {
  const together = steps.filter(({ action, apply }) => action !== 'replace' && apply === 'client')
  const chunks = steps.filter((step) => !together.includes(step)).map((step) => [step])
  for (let at = 0; at < together.length; at += CHUNK) chunks.push(together.slice(at, at + CHUNK))
  return chunks
}

/** Whether the server takes all of the objects and has nothing to say. */
async function isFine(
  kubectl: Kubectl,
  steps: readonly PlanStep[],
  after: Manifests,
  overlay: string,
): Promise<boolean> {
  const [first] = steps
  if (first === undefined) return true
  const input = steps.map(({ id }) => after.find(id)?.text ?? '').join('\n---\n')
  const args = [...applyArguments(first, overlay), '--dry-run=server', '--validate=strict']
  const { ok, stderr } = await kubectl.run(args, { input })
  return ok && warningsIn(stderr).length === 0
}

/**
 * Asks the server for each step, by dry run, whether it would take it, and returns what it said. What only an earlier
 * step of the plan makes possible cannot be asked.
 */
export async function askServer(kubectl: Kubectl, plan: Plan, after: Manifests): Promise<ObjectFinding[]> {
  const created = plan.steps.filter(({ action }) => action === 'create').map(({ id }) => id)
  const namespaces = new Set(created.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name))
  const kinds = definedKinds(created.flatMap((id) => after.find(id) ?? []))
  const canAsk = ({ id }: PlanStep): boolean =>
    !namespaces.has(id.namespace) && !kinds.has(`${groupOf(id.apiVersion)}/${id.kind}`)
  const sent = plan.steps.filter(
    ({ action }) => action === 'create' || action === 'change' || action === 'replace',
  )
  const missing = await findMissingNamespaces(kubectl, plan.steps, namespaces)
  const homeless = sent.filter(({ id }) => missing.has(id.namespace))
  const asked = sent.filter((step) => canAsk(step) && !missing.has(step.id.namespace))
  const answers = new Map<PlanStep, ObjectFinding[]>()
  const queue = inChunks(asked).values()
  const lane = async (): Promise<void> => {
    for (const steps of queue) {
      if (steps.length > 1 && (await isFine(kubectl, steps, after, plan.title))) continue
      for (const step of steps) {
        const resource = after.find(step.id)
        if (resource !== undefined) answers.set(step, await ask(kubectl, step, resource, plan.title))
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const silent = sent.length - asked.length - homeless.length
  const note: ObjectFinding = {
    rule: 'not-asked',
    severity: 'info',
    message: `${silent} of the steps cannot be checked by the server before the namespaces and definitions of this plan exist`,
  }
  const said = asked.flatMap((step) => answers.get(step) ?? [])
  return [...missingNamespaces(homeless), ...said, ...(silent > 0 ? [note] : [])]
}

async function ask(
  kubectl: Kubectl,
  step: PlanStep,
  resource: Resource,
  overlay: string,
): Promise<ObjectFinding[]> {
  const { id, position } = resource
  const args = step.action === 'replace' ? ['create', '-f', '-'] : applyArguments(step, overlay)
  const dryRun = [...args, '--dry-run=server', '--validate=strict']
  const input = step.action === 'replace' ? underOtherName(resource) : resource.text
  const first = await kubectl.run(dryRun, { input })
  const conflicts = (first.ok ? [] : ownersIn(first.stderr)).map(({ owner, field }): ObjectFinding => ({
    rule: 'owned-by-others',
    severity: 'warning',
    message: `${formatId(id)}: ${field} is owned by ${owner}; applying takes it over`,
    position,
    id,
    path: field.replace(/^\./u, ''),
  }))
  const answer = conflicts.length > 0 ? await kubectl.run([...dryRun, '--force-conflicts'], { input }) : first
  const said = warningsIn(answer.stderr).map((warning): ObjectFinding => ({
    rule: 'server-warning',
    severity: 'warning',
    message: `${formatId(id)}: ${reasonFor(warning, id.kind)}`,
    position,
    id,
    path: fieldIn(warning),
  }))
  // An address that the old object holds is free when that is gone.
  if (answer.ok || (step.action === 'replace' && /already allocated/u.test(answer.stderr)))
    return [...conflicts, ...said]
  const reason = reasonFor(withoutWarnings(answer.stderr), id.kind)
  const message = `${formatId(id)}: the API server refuses it: ${reason}`
  const refused = {
    rule: 'refused-by-server',
    severity: 'error',
    message,
    position,
    id,
    path: fieldIn(reason),
  } as const
  return [...conflicts, ...said, refused]
}

/** What replaces an object cannot be asked for under its own name, which the old one still has. */
function underOtherName({ value }: Resource): string {
  const metadata = memberAt(value, 'metadata')
  return toJson({
    ...value,
    metadata: { ...(isMap(metadata) ? metadata : {}), name: 'overlay-render-dry-run' },
  })
}

const WARNING = /^Warning: /u

/** Those that kubectl itself says of every object that it did not apply before are no news. */
function warningsIn(stderr: string): string[] {
  return stderr
    .split('\n')
    .filter((line) => WARNING.test(line) && !line.includes('missing the kubectl.kubernetes.io/last-applied'))
    .map((line) => line.replace(WARNING, ''))
}

function withoutWarnings(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => !WARNING.test(line))
    .join('\n')
}

interface Owned {
  readonly owner: string
  /** Such as `.spec.replicas`. */
  readonly field: string
}

/** `conflict with "x" using v1: .spec.replicas`, and the list form of it. */
function ownersIn(stderr: string): Owned[] {
  const one = [...stderr.matchAll(/conflict with "([^"]+)"[^:]*: (\.\S+)/gu)].map(
    ([, owner = '', field = '']) => ({ owner, field }),
  )
  const lists = [...stderr.matchAll(/conflicts? with "([^"]+)"[^:\n]*:\n((?:- \S+\n?)+)/gu)].flatMap(
    ([, owner = '', fields = '']) =>
      fields
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ owner, field: line.slice(2) })),
  )
  return [...one, ...lists]
}
