import {
  formatId,
  idKey,
  type Manifests,
  parseManifests,
  type Resource,
  type ResourceId,
} from '@overlay-render/golden'

import { ClusterFault } from '../cluster-fault.ts'
import type { Kubectl } from '../kubectl.ts'
import { duplicateKeys } from '../plan/duplicate-keys.ts'
import { fieldIn, type ObjectFinding } from '../plan/object-finding.ts'
import { makePlan, type Plan } from '../plan/plan.ts'
import { acceptManifests, type Refusal } from './accept-manifests.ts'
import { testableResources } from './left-out.ts'

/** What to test. */
export interface DeployTestOptions {
  readonly overlay: string
  /** The manifests that are deployed now; undefined where everything is new. */
  readonly base: Manifests | undefined
  readonly change: Manifests
  /** CustomResourceDefinitions that are in neither side. */
  readonly definitions?: Manifests | undefined
  /** Called before each stage, with words for people. */
  readonly onStage?: ((words: string) => void) | undefined
}

/** The result of a deploy test. */
export interface DeployTest {
  readonly overlay: string
  /** The objects of the change that were sent. */
  readonly tested: readonly Resource[]
  /** What the server refuses of the change, and what it refuses of the base and the change corrects. */
  readonly findings: readonly ObjectFinding[]
  /** What was not tested, each with the reason. */
  readonly leftOut: readonly string[]
}

/**
 * Applies the base to an empty API server, and then the change on top of it.
 *
 * @throws ClusterFault `not-throw-away` for a server with nodes, `step-failed` for a definition that it refuses,
 * `cluster-unreachable`, `context-unknown`
 */
export async function deployTest(
  kubectl: Kubectl,
  { overlay, base, change, definitions, onStage }: DeployTestOptions,
): Promise<DeployTest> {
  await requireThrowAway(kubectl)
  const empty = parseManifests('', { file: 'nothing' })
  const more = definitions?.resources ?? []
  await prepare(kubectl, overlay, [...(base?.resources ?? []), ...change.resources], definitions)
  const before = await acceptBase(kubectl, overlay, { base, more, onStage })
  onStage?.('the change is applied on top of it')
  const plan = makePlan(base ?? empty, change, { title: overlay })
  const { resources, leftOut } = testableResources(change, more)
  const refusals = await acceptManifests(kubectl, plan, change, resources)
  const stays = (id: ResourceId): boolean =>
    plan.steps.some((step) => step.action === 'leave' && idKey(step.id) === idKey(id))
  // What is refused of the base, and the change leaves as it is, is still refused.
  const refused = [...before.filter(({ id }) => stays(id)), ...refusals].map(
    ({ id, reason }): ObjectFinding => {
      const message = `${formatId(id)}: the API server refuses it: ${reason}`
      const at = {
        id,
        path: fieldIn(reason),
        position: change.find(id)?.position,
        hint: replaceHint(plan, id),
      }
      return { rule: 'refused-by-server', severity: 'error', message, ...at }
    },
  )
  const mended = before
    .filter(({ id }) => !stays(id))
    .map(({ id, reason }): ObjectFinding => {
      const message = `${formatId(id)} of the base is refused: ${reason}`
      return { rule: 'base-refused', severity: 'info', message }
    })
  const findings = [...mended, ...resources.flatMap(duplicateKeys), ...refused]
  return { overlay, tested: resources, findings, leftOut }
}

async function acceptBase(
  kubectl: Kubectl,
  overlay: string,
  {
    base,
    more,
    onStage,
  }: Pick<DeployTestOptions, 'base' | 'onStage'> & { readonly more: readonly Resource[] },
): Promise<Refusal[]> {
  if (base === undefined) return []
  onStage?.('the base is applied')
  const plan = makePlan(parseManifests('', { file: 'nothing' }), base, { title: overlay })
  return acceptManifests(kubectl, plan, base, testableResources(base, more).resources)
}

function replaceHint({ steps }: Plan, id: ResourceId): string | undefined {
  const isReplaced = steps.some((step) => step.action === 'replace' && idKey(step.id) === idKey(id))
  return isReplaced
    ? 'it has to be deleted and created again, which apply does where the object is named to be replaced'
    : undefined
}

/** Refuses a cluster with nodes: a throw-away API server never has any. */
async function requireThrowAway(kubectl: Kubectl): Promise<void> {
  const { ok, stdout } = await kubectl.run(['get', 'nodes', '-o', 'name'])
  if (ok && stdout.trim() === '') return
  throw new ClusterFault({
    code: 'not-throw-away',
    message: `${kubectl.context} has nodes, or does not say: deploy-test writes into throw-away API servers only`,
    hint: 'leave out the kubeconfig to start one; that needs kube-apiserver and etcd, as envtest installs them',
  })
}

/** Creates the namespaces of the objects, and the definitions that are given. */
async function prepare(
  kubectl: Kubectl,
  overlay: string,
  resources: readonly Resource[],
  definitions: Manifests | undefined,
): Promise<void> {
  const named = new Set(resources.map(({ id }) => id.namespace).filter((name) => name !== ''))
  const items = [...named].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }))
  if (items.length > 0) {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    await kubectl.run(['apply', '--server-side', '-f', '-'], { input })
  }
  if (definitions === undefined) return
  const plan = makePlan(parseManifests('', { file: 'nothing' }), definitions, { title: overlay })
  const [refused] = await acceptManifests(kubectl, plan, definitions, definitions.resources)
  if (refused === undefined) return
  throw new ClusterFault({
    code: 'step-failed',
    message: `${formatId(refused.id)} of the definitions is refused: ${refused.reason}`,
    position: definitions.find(refused.id)?.position,
    hint: 'correct the definition, or leave it out',
  })
}
