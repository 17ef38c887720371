import type { PrintMode } from '@overlay-render/configs'
import { throwIfAborted } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import { buildOverlay, walkOverlay } from './build-step.ts'
import { patchConfigs } from './config-step.ts'
import { applyEdits } from './edits.ts'
import { layInherited, lineageOf } from './inherit.ts'
import type { Overlay } from './overlays.ts'
import type { CallOptions, StepName } from './progress.ts'
import type { PinnedKustomize } from './pinned-kustomize.ts'
import { type Rendered, type RenderedConfigs, withResources } from './rendered.ts'
import { layStubs, listSecrets, requireSecrets, type SecretFile, secretValues } from './secret-step.ts'
import { Stage } from './stage.ts'
import { renderTemplates } from './template-step.ts'
import { resolveValues } from './templates.ts'
import type { SecretMode, WorkspaceConfig } from './workspace-config.ts'

/** What the steps know of the workspace. */
export interface PipelineContext {
  /** The workspace's folder, an absolute real path. */
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly boundary: Boundary
  readonly environment: (name: string) => string | undefined
  /** A path as messages show it. */
  readonly shown: (path: string) => string
  /** Finds the pinned kustomize, once for all overlays. */
  readonly pinned: (options: CallOptions) => Promise<PinnedKustomize>
}

export interface RenderOptions extends CallOptions {
  /** The default is the workspace's. */
  readonly secrets?: SecretMode | undefined
  /** The default is the workspace's. */
  readonly print?: PrintMode | undefined
  /** How many overlays are being rendered at a time; a lone build may use more cores. */
  readonly jobs?: number | undefined
}

/** Renders one overlay: stage, patch, template, edit, build. */
export async function renderOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<Rendered> {
  const started = performance.now()
  const secrets = options.secrets ?? context.config.secrets
  const { step, stage, configs, warnings } = await prepareConfigs(context, overlay, options)

  step('template')
  const values = resolveValues(overlay.settings.values, { secrets, environment: context.environment })
  const templated = await renderTemplates(stage, overlay, values, context)

  step('edit')
  applyEdits(stage, overlay)

  step('build')
  const { version, network } = context.config.kustomize
  const graph = walkOverlay(stage, overlay, { version, network, secrets, shown: context.shown })
  const files = listSecrets(graph, context.shown)
  if (secrets === 'real') requireSecrets(files, overlay.name)
  const stubbed = secrets === 'stub' ? layStubs(stage, files, templated) : []
  const { kustomize, schema } = await context.pinned(options)
  const built = await buildOverlay(stage, graph, {
    kustomize,
    schema,
    network,
    shown: context.shown,
    secrets: [...values.secrets, ...secretValues(stage, files)],
    jobs: options.jobs ?? 1,
    signal: options.signal,
  })

  step('report')
  return withResources({
    overlay: overlay.name,
    manifests: built.manifests,
    configs,
    warnings: [...warnings, ...built.warnings.map((message) => ({ message }))],
    secrets,
    stubbed,
    kustomize,
    inputs: inputsOf(stage),
    duration: performance.now() - started,
  })
}

/** The first half of a render: the configs of an overlay, without kustomize. */
export async function renderOverlayConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedConfigs> {
  const started = performance.now()
  const { step, stage, configs, warnings } = await prepareConfigs(context, overlay, options)
  step('report')
  return {
    overlay: overlay.name,
    configs,
    warnings,
    inputs: inputsOf(stage),
    duration: performance.now() - started,
  }
}

/** Every secret file that an overlay needs, and whether it is there. Nothing is built. */
export async function listOverlaySecrets(
  context: PipelineContext,
  overlay: Overlay,
  options: CallOptions,
): Promise<SecretFile[]> {
  const { stage } = await prepareConfigs(context, overlay, options)
  // Stubs will do for the values: only which files there are matters here.
  const values = resolveValues(overlay.settings.values, { secrets: 'stub', environment: context.environment })
  await renderTemplates(stage, overlay, values, context)
  applyEdits(stage, overlay)
  const { version, network } = context.config.kustomize
  return listSecrets(
    walkOverlay(stage, overlay, { version, network, secrets: 'stub', shown: context.shown }),
    context.shown,
  )
}

function inputsOf(stage: Stage): string[] {
  return [...stage.consulted].sort()
}

async function prepareConfigs(context: PipelineContext, overlay: Overlay, options: RenderOptions) {
  const step = (name: StepName): void => {
    throwIfAborted(options.signal)
    options.onProgress?.({ overlay: overlay.name, step: name })
  }

  step('stage')
  const stage = new Stage(context.boundary, context.shown)
  layInherited(stage, overlay, lineageOf(overlay, context.overlays))

  step('patch')
  return { step, stage, ...patchConfigs(stage, overlay, { ...context, print: options.print }) }
}
