import { type Observation, type Position, Tree } from '@overlay-render/system'

import { readFolder } from './folder-step.ts'
import type { Overlay } from './overlays.ts'
import { listSecrets, type SecretFile } from './secret-step.ts'
import type { PipelineContext, RenderOptions, SecretOptions } from './pipeline-context.ts'
import { startRender, applySettings, walkStage, untilDone } from './start-render.ts'

/** What the build of an overlay would read, found without building. */
export interface OverlayInputs {
  /** Every question that a render asks about the tree, with its answer, sorted by path. */
  readonly observations: readonly Observation[]
  /** The position in a kustomization that names each file, by the file's real path. */
  readonly named: ReadonlyMap<string, Position>
}

/** Finds what a render of an overlay with stub secrets reads, without running kustomize. */
export async function observeOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<OverlayInputs> {
  const start = await startRender(context, overlay, { ...options, secrets: 'stub' })
  const laid = await applySettings(start)
  if (overlay.layout.kind === 'folder') {
    await readFolder(start.stage, overlay, overlay.layout)
    return { observations: start.stage.observations(), named: new Map() }
  }
  const graph = walkStage(start, laid)
  for (const real of graph.realFiles) if (start.stage.has(real)) start.stage.read(real)
  const named = new Map(
    graph.files.flatMap(({ real, position }) => (position === undefined ? [] : [[real, position] as const])),
  )
  return { observations: start.stage.observations(), named }
}

/**
 * Every secret file that an overlay needs, and whether it exists. Nothing is built, and no secret is read, except by templates with
 * `write`.
 */
export async function listOverlaySecrets(
  context: PipelineContext,
  overlay: Overlay,
  { write = false, ...options }: SecretOptions,
): Promise<SecretFile[]> {
  // A folder of plain manifests has no generators.
  if (overlay.layout.kind === 'folder') return []
  const { graph, templated } = await untilDone(overlay, options, async () => {
    const start = await startRender(context, overlay, { ...options, secrets: write ? 'real' : 'stub' })
    const laid = await applySettings(start)
    return { graph: walkStage(start, laid), templated: laid.templated }
  })
  const disk = new Tree(context.visible.whole, { boundary: context.boundary.folders })
  const exists = (real: string): boolean => templated.has(real) || disk.open(real).outcome === 'file'
  return listSecrets(graph, { shown: context.shown, templated, exists })
}
