import { resolve } from 'node:path'

import { contextsOf, readKubeconfig } from '@overlay-render/prow'

import type { OpenedWorkspace } from '../opened-workspace.ts'
import { readSource } from './job-files.ts'

/**
 * The contexts that jobs may name: those of `prow.contexts`, of the kubeconfigs that git tracks, and of `prow.overlays`. Undefined
 * when neither of the first two is given, since overlays alone do not name all clusters.
 *
 * @throws ProwFault `not-a-kubeconfig`; RenderFault `outside-boundary`
 */
export async function knownContexts(workspace: OpenedWorkspace): Promise<readonly string[] | undefined> {
  const { folder, config } = workspace
  const { contexts, kubeconfigs, overlays } = config.prow
  const tree = await workspace.trackedTree()
  const files = kubeconfigs.map((path) => readSource(tree, resolve(folder, path), path))
  // An untracked kubeconfig may name any context.
  if (contexts.length === 0 && (files.length === 0 || files.includes(undefined))) return undefined
  const named = files.flatMap((file) => (file === undefined ? [] : contextsOf(readKubeconfig(file))))
  return [...new Set([...contexts, ...named, ...overlays.values()])]
}
