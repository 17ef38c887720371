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

/** Requests at a time. Each is a process of kubectl here; the server answers them in parallel. */
const WORKERS = 4
/** The most objects in one request. Where a request is refused, each of its objects is sent again alone, to find the refused ones. */
const CHUNK = 16

/** The requests. Objects of one request are sent with the same flags. */
function inChunks(steps: readonly PlanStep[]): PlanStep[][] {
  const together = steps.filter(({ action, apply }) => action !== 'replace' && apply === 'client')
  const chunks = steps.filter((step) => !together.includes(step)).map((step) => [step])
  for (let at = 0; at < together.length; at += CHUNK) chunks.push(together.slice(at, at + CHUNK))
  return chunks
}

/** Whether the server accepts all of the objects without a warning. */
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
 * Asks the server by dry run whether it would accept each step. A step that needs an earlier step of the plan, such as its
 * namespace, cannot be checked.
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
  const withoutNamespace = sent.filter(({ id }) => missing.has(id.namespace))
  const asked = sent.filter((step) => canAsk(step) && !missing.has(step.id.namespace))
  const answers = new Map<PlanStep, ObjectFinding[]>()
  const queue = inChunks(asked).values()
  const worker = async (): Promise<void> => {
    for (const steps of queue) {
      if (steps.length > 1 && (await isFine(kubectl, steps, after, plan.title))) continue
      for (const step of steps) {
        const resource = after.find(step.id)
        if (resource !== undefined) answers.set(step, await ask(kubectl, step, resource, plan.title))
      }
    }
  }
  await Promise.all(Array.from({ length: WORKERS }, worker))
  const unasked = sent.length - asked.length - withoutNamespace.length
  const note: ObjectFinding = {
    rule: 'not-asked',
    severity: 'info',
    message: `${unasked} of the steps cannot be checked by the server before the namespaces and definitions of this plan exist`,
  }
  const said = asked.flatMap((step) => answers.get(step) ?? [])
  return [...missingNamespaces(withoutNamespace), ...said, ...(unasked > 0 ? [note] : [])]
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
  // An IP address or node port of the old object is free once that is deleted.
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

/** The replacement is checked under another name, since the old object still exists. */
function underOtherName({ value }: Resource): string {
  const metadata = memberAt(value, 'metadata')
  return toJson({
    ...value,
    metadata: { ...(isMap(metadata) ? metadata : {}), name: 'overlay-render-dry-run' },
  })
}

const WARNING = /^Warning: /u

/** The warnings, without kubectl's own about objects that it did not apply before. */
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
