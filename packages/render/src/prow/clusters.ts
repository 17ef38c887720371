import { basename } from 'node:path'

import { type Cluster, DeployedConfig } from '@overlay-render/prow'
import type { FieldPath } from '@overlay-render/kustomize'
import type { Fault } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import { findInSources } from '../check/in-sources.ts'
import type { OverlaySources } from '../check/overlay-sources.ts'
import { configMapsWith } from './config-maps-with.ts'
import type { Rendered, RenderResult } from '../rendered.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'

/** The clusters of the overlays that could be rendered, and the faults of the others. */
export interface RenderedClusters {
  readonly clusters: readonly Cluster[]
  readonly failed: readonly { readonly overlay: string; readonly fault: Fault }[]
}

/**
 * The render of each overlay with stub secrets, as the cluster of its context in `prow.overlays`. Without an entry there, the
 * context has the name of the overlay.
 */
export async function renderClusters(
  workspace: OpenedWorkspace,
  names: readonly string[],
  options: CallOptions = {},
): Promise<RenderedClusters> {
  const results = await workspace.renderAll(names, { ...options, secrets: 'stub' })
  const clusters = clustersOf(workspace, results)
  const failed = results.flatMap((result) => ('fault' in result ? [result] : []))
  return { clusters, failed }
}

/**
 * Converts renders to clusters.
 *
 * @param sources those of the overlays, by name, for the positions of the objects
 */
export function clustersOf(
  { config }: OpenedWorkspace,
  results: readonly RenderResult[],
  sources: ReadonlyMap<string, OverlaySources> = new Map(),
): Cluster[] {
  return results.flatMap((result): Cluster[] => {
    if (!('rendered' in result) || !('resources' in result.rendered)) return []
    const context = config.prow.overlays.get(result.overlay) ?? result.overlay
    const own = sources.get(result.overlay)
    const objects = result.rendered.resources.map(({ id, value }) => ({
      kind: id.kind,
      namespace: id.namespace,
      name: id.name,
      value,
      ...(own === undefined
        ? {}
        : { sourceOf: (field: FieldPath) => findInSources(own, { id, value }, field) }),
    }))
    return [{ context, overlay: result.overlay, objects, config: deployedConfig(result.rendered) }]
  })
}

/** Prow's config as an overlay deploys it in a ConfigMap. */
function deployedConfig(rendered: Rendered): Cluster['config'] {
  const found = rendered.configs.find(
    ({ path, bytes }) => basename(path) === 'config.yaml' && configMapsWith(bytes, rendered).length > 0,
  )
  if (found === undefined) return undefined
  const { path, bytes, script, changes } = found
  return script === undefined ? 'base' : new DeployedConfig({ path, bytes }, changes)
}
