import {
  buildKustomize,
  combineFaults,
  type InputGraph,
  type Kustomize,
  walkInputs,
} from '@overlay-render/kustomize'
import { makeTemporaryFolder } from '@overlay-render/system'

import type { Overlay } from './overlays.ts'
import type { CallOptions } from './progress.ts'
import type { Stage } from './stage.ts'
import type { SecretMode } from './workspace-config.ts'

/**
 * Finds every file that the overlay's build reads.
 *
 * @throws KustomizeFault for whatever is wrong with what its kustomizations name, missing files excepted
 */
export function walkOverlay(
  stage: Stage,
  overlay: Overlay,
  options: { version: string; network: boolean; secrets: SecretMode; shown: (path: string) => string },
): InputGraph {
  const graph = walkInputs(overlay.folder, {
    view: stage,
    boundary: stage.boundary.folders,
    version: options.version,
    allowNetwork: options.network,
    // A stub stands for each secret file whatever the real one holds.
    secrets: options.secrets,
    showPath: options.shown,
  })
  if (graph.faults.length > 0) throw combineFaults(graph.faults)
  return graph
}

export interface BuildOptions extends CallOptions {
  readonly kustomize: Kustomize
  readonly schema: string | undefined
  readonly network: boolean
  /** Secret values, to be redacted from what is shown. */
  readonly secrets: readonly string[]
  readonly shown: (path: string) => string
  /** How many builds run at a time. */
  readonly jobs: number
}

/**
 * Builds an overlay: the inputs of the graph are copied to a private folder, and the pinned kustomize runs there.
 *
 * @throws KustomizeFault for a file that is still missing, and for a build that fails
 */
export async function buildOverlay(
  stage: Stage,
  graph: InputGraph,
  { kustomize, schema, network, secrets, shown, jobs, signal }: BuildOptions,
): Promise<{ manifests: Uint8Array; warnings: readonly string[] }> {
  const missing = graph.missing.filter(({ real }) => !stage.isLaid(real))
  if (missing.length > 0) throw combineFaults(missing.map(({ fault }) => fault))
  const folder = await makeTemporaryFolder('stage')
  try {
    const links = graph.links.map(({ path }) => path)
    const laid = graph.missing.map(({ real }) => real)
    stage.materialize(folder.path, [
      ...graph.roots.map(({ path }) => path),
      ...links,
      ...graph.realFiles,
      ...laid,
    ])
    return await buildKustomize({
      kustomize,
      schema,
      graph,
      view: stage,
      root: stage.stagedPath(folder.path, graph.root),
      stage: folder.path,
      showPath: (path) => shown(stage.userPath(folder.path, path)),
      secrets,
      network,
      jobs,
      signal,
    })
  } finally {
    await folder.dispose()
  }
}
