import {
  ClusterFault,
  type DeployTest,
  deployTest,
  findAsset,
  findServerPrograms,
  type Kubectl,
  openKubectl,
  safeEnvironment,
  startThrowAwayServer,
  THROW_AWAY_CONTEXT,
} from '@overlay-render/cluster'
import { type Manifests, parseManifests } from '@overlay-render/golden'
import { readBytes } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import type { BaseSide } from '../review/review-side.ts'
import { atSource } from './source-findings.ts'
import type { ClusterSteps } from './cluster-steps.ts'

/** Options of a deploy test. */
export interface DeployTestCallOptions extends CallOptions {
  /** The kubeconfig of an empty API server; one is started when absent. */
  readonly kubeconfig?: string | undefined
  /** The context of that kubeconfig; not needed when it has only one. */
  readonly context?: string | undefined
  /** A file with further CustomResourceDefinitions. */
  readonly definitions?: string | undefined
  /** Called before each stage with a sentence for the user. */
  readonly onStage?: ((words: string) => void) | undefined
}

/**
 * Tests whether a real API server accepts an overlay as an upgrade of the base. Both are rendered with stub secrets.
 *
 * @param base undefined when all objects are treated as new
 * @throws ClusterFault `program-missing`, `not-throw-away`, `context-unknown`; the faults of a render
 */
export async function testDeploy(
  steps: ClusterSteps,
  name: string,
  base: BaseSide | undefined,
  options: DeployTestCallOptions,
): Promise<DeployTest> {
  const { workspace } = steps
  const overlay = workspace.overlay(name).name
  const rendered = await workspace.render(overlay, { ...options, secrets: 'stub' })
  const manifests = {
    overlay,
    base: base === undefined ? undefined : await renderBase(base, overlay, options),
    change: rendered.objects.named(overlay),
    definitions: options.definitions === undefined ? undefined : await readManifests(options.definitions),
  }
  const test = await withServer(steps, options, (kubectl) =>
    deployTest(kubectl, { ...manifests, onStage: options.onStage }),
  )
  return { ...test, findings: await atSource(steps, overlay, test.findings, options) }
}

/** The manifests of the overlay at the base; undefined when the overlay is new. */
async function renderBase(
  base: BaseSide,
  overlay: string,
  options: CallOptions,
): Promise<Manifests | undefined> {
  if (!base.overlays.some(({ name }) => name === overlay)) return undefined
  const [result] = await base.settle(() => base.renderAll([overlay], { ...options, secrets: 'stub' }))
  if (result === undefined || 'fault' in result)
    throw result?.fault ?? new Error(`${overlay} was not rendered`)
  return 'objects' in result.rendered ? result.rendered.objects.named(`${overlay} of the base`) : undefined
}

async function readManifests(file: string): Promise<Manifests> {
  return parseManifests(await readBytes(file, file), { file })
}

async function withServer<Result>(
  { workspace }: ClusterSteps,
  { kubeconfig, context, signal, onStage }: DeployTestCallOptions,
  work: (kubectl: Kubectl) => Promise<Result>,
): Promise<Result> {
  const { guarded } = workspace
  const environment = safeEnvironment({ ...process.env, KUBECONFIG: undefined }, guarded)
  const kubectl = await findAsset('kubectl', environment)
  const open = (file: string, name: string): Promise<Kubectl> =>
    openKubectl({ kubectl, kubeconfig: file, context: name, environment, guarded, signal })
  if (kubeconfig !== undefined)
    return work(await open(kubeconfig, context ?? (await onlyContext(open, kubeconfig))))
  onStage?.('an API server starts')
  const server = await startThrowAwayServer({ ...(await findServerPrograms(environment)), signal })
  try {
    return await work(await open(server.kubeconfig, THROW_AWAY_CONTEXT))
  } finally {
    await server.dispose()
  }
}

/** The only context of the kubeconfig. With several, the current one might not be the throw-away server, so the user has to choose. */
async function onlyContext(
  open: (file: string, name: string) => Promise<Kubectl>,
  kubeconfig: string,
): Promise<string> {
  const names = await (await open(kubeconfig, THROW_AWAY_CONTEXT)).contexts()
  const [only, second] = names
  if (only !== undefined && second === undefined) return only
  throw new ClusterFault({
    code: 'context-unknown',
    message: `${kubeconfig} has ${names.length} contexts`,
    hint: 'name the context to test in',
  })
}
