import type { ResourceId } from '@overlay-render/golden'
import { type BuildInputs, type BuildTrace, DefinedObjects, type Kustomize } from '@overlay-render/kustomize'
import { type Finding, type Position, prepareTemporaryFolders } from '@overlay-render/system'

import { buildOverlay, requireInputs, type TraceOf } from './build-step.ts'
import { readFolder } from './folder-step.ts'
import type { Overlay } from './overlays.ts'
import { type Rendered, type RenderedConfigs, withObjects } from './rendered.ts'
import { listSecrets, requireSecrets, secretValues } from './secret-step.ts'
import { findMergedFiles } from './merged-files.ts'
import { parseObjects } from './parse-objects.ts'
import { RenderFault } from './render-fault.ts'
import { Stage } from './stage.ts'
import { chartStep } from './vendor/chart-step.ts'
import type { SecretMode } from './workspace-config.ts'
import type { PipelineContext, RenderOptions } from './pipeline-context.ts'
import {
  type StartedRender,
  basesFirst,
  requireBases,
  stageConfigs,
  startRender,
  applySettings,
  walkStage,
  untilDone,
  lookedAt,
} from './start-render.ts'

/** Renders one overlay: stage, patch, template, edit, build. */
export async function renderOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<Rendered> {
  return (await renderWithSources(context, overlay, options)).rendered
}

/** A render, and the sources it was made from. */
export interface RenderedSources {
  readonly rendered: Rendered
  /** The files that the build read, and the view to read them again; undefined for a folder of plain manifests. */
  readonly inputs: BuildInputs | undefined
  /** Where an object of the manifests is defined. */
  readonly sourceOf: (id: ResourceId) => Position | undefined
  readonly stage: Stage
}

/** Renders one overlay and returns its sources, too, for callers that report where things come from. */
export async function renderWithSources(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedSources> {
  return untilDone(overlay, options, () => render(context, overlay, options))
}

/** A render with the effect of each build step on each resource. */
export interface TracedRender extends RenderedSources {
  readonly inputs: BuildInputs
  readonly trace: BuildTrace
}

/**
 * Renders one overlay with stub secrets, and builds it again to trace each step.
 *
 * @param made the manifests, if they have been built already
 */
export async function traceOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  made?: Uint8Array,
): Promise<TracedRender> {
  return untilDone(overlay, options, async () => {
    if (overlay.layout.kind === 'folder') throw notBuilt(overlay)
    const { trace, inputs, ...rest } = await render(
      context,
      overlay,
      { ...options, secrets: 'stub' },
      { manifests: made },
    )
    if (trace === undefined || inputs === undefined)
      throw new TypeError('a build that was to be traced has no trace')
    return { ...rest, inputs, trace }
  })
}

async function render(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  traced?: TraceOf,
): Promise<RenderedSources & { readonly trace: BuildTrace | undefined }> {
  const started = performance.now()
  // Found while the stage is made. A fault is reported when the program is needed.
  if (overlay.layout.kind === 'kustomize') findEarly(context, options)
  const start = await startRender(context, overlay, options, 'later')
  const { stage, stubs, secrets, configs, warnings } = start
  const {
    manifests,
    kustomize,
    inputs,
    sourceOf,
    trace,
    warnings: said,
  } = await basesFirst(start, () => build(start, traced))
  await requireBases(start)
  const unparsed = {
    overlay: overlay.name,
    manifests,
    configs,
    warnings: [...warnings, ...(stubs?.findings ?? []), ...said],
    secrets,
    stubbed: stubs?.stubbed ?? [],
    stubbedInputs: stubs?.stubbedInputs ?? [],
    kustomize,
    ...lookedAt(stage),
    duration: performance.now() - started,
  }
  return { rendered: withObjects(unparsed, parseObjects), inputs, sourceOf, stage, trace }
}

function findEarly({ pinned }: PipelineContext, options: RenderOptions): void {
  pinned(options)
    .then(async ({ schema }) => schema())
    .catch(() => undefined)
}

function notBuilt({ name }: Overlay): RenderFault {
  return new RenderFault({
    code: 'overlay-unknown',
    message: `overlay ${name} is a folder of plain manifests, which are deployed as they are written`,
    hint: 'only overlays that kustomize builds can be explained',
  })
}

interface BuiltManifests extends Omit<RenderedSources, 'rendered' | 'stage'> {
  readonly manifests: Uint8Array
  readonly warnings: readonly Finding[]
  readonly kustomize: Kustomize | undefined
  readonly trace: BuildTrace | undefined
}

/** Template, edit and build; a folder of plain manifests is read instead. */
async function build(start: StartedRender, traced?: TraceOf): Promise<BuiltManifests> {
  const { context, overlay, stage, secrets, options } = start
  // Runs while the template engine starts.
  if (overlay.layout.kind === 'kustomize') prepareTemporaryFolders()
  const laid = await applySettings(start)
  start.step('build')
  if (overlay.layout.kind === 'folder') {
    const read = await readFolder(stage, overlay, overlay.layout)
    return { ...read, warnings: [], kustomize: undefined, inputs: undefined, trace: undefined }
  }
  const graph = walkStage(start, laid)
  const { templated, valueSecrets } = laid
  const files = listSecrets(graph, { shown: context.shown, templated })
  if (secrets === 'real') requireSecrets(files, overlay.name)
  requireInputs(graph)
  const { kustomize, schema } = await context.pinned(options)
  const built = await buildOverlay(stage, graph, {
    kustomize,
    schema: await schema(),
    network: usesNetwork(context, secrets),
    helm: chartStep(stage, graph, context),
    shown: stage.tree.shown,
    secrets: secrets === 'real' ? [...valueSecrets, ...secretValues(stage, files)] : [],
    jobs: options.jobs ?? 1,
    traced,
    signal: options.signal,
    onStarted: () => {
      start.checks.run()
      options.onBuilding?.()
    },
  })
  const inputs = { graph, view: stage.tree.view }
  const warnings = [...built.warnings, ...findMergedFiles(graph, stage.tree.view)]
  const objects = new DefinedObjects(inputs)
  return { ...built, warnings, kustomize, inputs, sourceOf: (id) => objects.find(id) }
}

/** The first half of a render: the configs of an overlay, without kustomize. */
export async function renderOverlayConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedConfigs> {
  const started = performance.now()
  const { stage, configs, warnings } = await untilDone(overlay, options, async () => {
    const staged = await stageConfigs(context, overlay, options)
    await requireBases(staged)
    return staged
  })
  return {
    overlay: overlay.name,
    configs,
    warnings,
    ...lookedAt(stage),
    duration: performance.now() - started,
  }
}

/** With stub secrets network access is off, whatever the workspace allows: a pull request may have changed that. */
function usesNetwork({ config }: PipelineContext, secrets: SecretMode): boolean {
  return config.kustomize.network && secrets === 'real'
}
