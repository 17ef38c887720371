import type { ConfigInput } from '@overlay-render/configs'
import type { ResourceId } from '@overlay-render/golden'
import {
  type BuildInputs,
  DefinedObjects,
  emptyGraph,
  type SourcePath,
  walkInputs,
} from '@overlay-render/kustomize'
import { Fault, type Observation, type Position } from '@overlay-render/system'

import { readConfigInputs } from '../config-step.ts'
import { readFolder } from '../folder-step.ts'
import { layInherited } from '../inherit.ts'
import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import { Stage } from '../stage.ts'
import type { FolderLayout } from '../workspace-config.ts'
import { stubEnvironment } from '../templates/resolve-values.ts'

/** The sources of an overlay, as far as they can be read. Nothing is patched or built. */
export interface OverlaySources extends BuildInputs {
  readonly overlay: Overlay
  /**
   * Where an object of the render, or a field of it, is defined; see `ManifestCheck`.
   *
   * @param text only where the sources have that text
   */
  readonly sourceOf: (id: ResourceId, place?: SourcePath, nth?: number, text?: string) => Position | undefined
  /** The objects that the files of the build define; undefined for a folder of plain manifests. */
  readonly objects?: DefinedObjects
  readonly configs: readonly ConfigInput[]
  /** The real paths of the files that were read besides kustomizations: base configs and scripts. */
  readonly read: ReadonlySet<string>
}

/** Reads the sources of an overlay from the tracked tree. Faults are ignored: the render reports them. */
export async function readOverlaySources(
  context: PipelineContext,
  overlay: Overlay,
  signal?: AbortSignal,
): Promise<OverlaySources> {
  const view = await context.visible.view('stub', signal)
  const stage = new Stage(view, context.boundary, context.shown)
  layInherited(stage, overlay, lineageOf(overlay, context.overlays))
  if (overlay.layout.kind === 'folder') {
    const sourceOf = await sourcesOfFolder(stage, overlay, overlay.layout)
    return {
      overlay,
      graph: emptyGraph(overlay.folder),
      view: stage.tree.view,
      configs: [],
      sourceOf,
      read: readBy(stage),
    }
  }
  const graph = walkInputs(overlay.folder, {
    tree: stage.tree,
    version: context.config.kustomize.pin.kustomize,
    // Remotes are listed, not fetched.
    allowNetwork: true,
  })
  const inputs = { graph, view: stage.tree.view }
  const objects = new DefinedObjects(inputs)
  const own = graph.files.find(({ role }) => role === 'kustomization')
  const otherwise = own === undefined ? undefined : { file: own.shown, line: 1, column: 1 }
  const configs = readConfigs(stage, overlay, context)
  return {
    ...inputs,
    overlay,
    objects,
    configs,
    read: readBy(stage),
    sourceOf: (id, place, _nth, text) =>
      objects.find(id, place, text) ?? (text === undefined ? otherwise : undefined),
  }
}

function readBy(stage: Stage): ReadonlySet<string> {
  return filesRead(stage.observations())
}

/** The paths whose content was read. */
export function filesRead(observations: readonly Observation[]): ReadonlySet<string> {
  return new Set(observations.flatMap(({ path, digest }) => (digest === undefined ? [] : [path])))
}

async function sourcesOfFolder(
  stage: Stage,
  overlay: Overlay,
  layout: FolderLayout,
): Promise<OverlaySources['sourceOf']> {
  try {
    return (await readFolder(stage, overlay, layout)).sourceOf
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return () => undefined
  }
}

function readConfigs(stage: Stage, overlay: Overlay, context: PipelineContext): ConfigInput[] {
  const options = { ...context, environment: stubEnvironment(overlay.settings.values), print: undefined }
  const configs: ConfigInput[] = []
  try {
    for (const input of readConfigInputs(stage, overlay, options, [])) configs.push(input)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  return configs
}
