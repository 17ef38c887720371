import { type InputGraph, walkInputs } from '@overlay-render/kustomize'
import { type Finding, throwIfAborted } from '@overlay-render/system'

import { walkOverlay } from './build-step.ts'
import { BaseChecks } from './base-checks.ts'
import { patchConfigs } from './config-step.ts'
import { applyEdits } from './edits.ts'
import { layInherited } from './inherit.ts'
import { lineageOf } from './lineage.ts'
import type { Overlay } from './overlays.ts'
import type { CallOptions, StepName } from './progress.ts'
import { inputsOf, type Rendered, type RenderedConfig } from './rendered.ts'
import { StubSupply } from './secret-step.ts'
import { runExpression } from './run-expression.ts'
import { SecretReads } from './secret-reads.ts'
import { Stage } from './stage.ts'
import { leaseEngine, type LeasedEngine } from './templates/shared-engine.ts'
import { type RenderedTemplates, readValueFile, renderTemplates } from './template-step.ts'
import { resolveValues, stubEnvironment } from './templates/resolve-values.ts'
import { layVendored } from './vendor/lay-vendored.ts'
import type { SecretMode } from './workspace-config.ts'
import type { PipelineContext, RenderOptions } from './pipeline-context.ts'

/** A started render: the stage with its configs, and the engine for its templates. */
export interface StartedRender extends StagedConfigs {
  /** Undefined for an overlay without templates. */
  readonly engine: LeasedEngine | undefined
}

/** The stage of a render with its configs. */
export interface StagedConfigs {
  readonly context: PipelineContext
  readonly overlay: Overlay
  readonly secrets: SecretMode
  readonly options: RenderOptions
  readonly step: (name: StepName) => void
  readonly stage: Stage
  /** Only with stub secrets, and only for kustomizations. */
  readonly stubs: StubSupply | undefined
  readonly reads: SecretReads
  readonly configs: readonly RenderedConfig[]
  readonly warnings: readonly Finding[]
  /** The checks of the configs that are copies; the caller requires them with `requireBases`. */
  readonly checks: BaseChecks
}

/**
 * Stages and patches while the thread of the template engine starts. `applySettings` releases the engine.
 *
 * @param bases `later` when the caller requires them itself
 */
export async function startRender(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
  bases: 'checked' | 'later' = 'checked',
): Promise<StartedRender> {
  const engine = leaseEngine(context, overlay)
  try {
    const staged = await stageConfigs(context, overlay, options)
    if (bases === 'checked') await requireBases(staged)
    return { ...staged, engine }
  } catch (error) {
    engine?.release()
    throw error
  }
}

/** Stages the tree and patches the configs. */
export async function stageConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<StagedConfigs> {
  const secrets = options.secrets ?? context.config.secrets
  const step = (name: StepName): void => {
    throwIfAborted(options.signal)
    options.onProgress?.({ overlay: overlay.name, step: name })
  }

  step('stage')
  const view = await context.visible.view(secrets, options.signal)
  const stage = new Stage(view, context.boundary, context.shown)
  layInherited(stage, overlay, lineageOf(overlay, context.overlays))
  if (overlay.layout.kind === 'kustomize') layCopies(stage, overlay, context)
  const needsStubs = secrets === 'stub' && overlay.layout.kind === 'kustomize'
  const stubs = needsStubs ? layStubs(stage, overlay, context) : undefined

  step('patch')
  const reads = new SecretReads(stage, context.visible, secrets)
  const environment =
    secrets === 'stub' ? stubEnvironment(overlay.settings.values) : reads.noting(context.environment)
  const { print, onUnrepeatable } = options
  const checks = new BaseChecks(context.validBases)
  const patching = { ...context, environment, print, onUnrepeatable }
  const patched = await basesFirst({ checks, reads, options }, () =>
    reads.guard(() => patchConfigs(stage, overlay, patching, checks)),
  )
  return { context, overlay, secrets, options, step, stage, stubs, reads, ...patched, checks }
}

type Unchecked = Pick<StagedConfigs, 'checks' | 'reads' | 'options'>

/** Requires that all copied base configs are valid. @throws ConfigsFault for the first one that is not */
export async function requireBases({ checks, reads }: Unchecked): Promise<void> {
  await reads.guard(() => checks.require())
}

/** Runs `work`. If it fails, a fault of a base config is reported first. */
export async function basesFirst<Result>(unchecked: Unchecked, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throwIfAborted(unchecked.options.signal)
    await requireBases(unchecked)
    throw error
  }
}

/** Writes a stub for every secret that the kustomizations name, before any step could read the secret. */
function layStubs(stage: Stage, overlay: Overlay, { config }: PipelineContext): StubSupply {
  const stubs = new StubSupply(stage)
  // Faults are reported once the kustomizations are complete.
  walkInputs(overlay.folder, {
    tree: stage.tree,
    version: config.kustomize.pin.kustomize,
    supply: (wanted) => stubs.supplySecret(wanted),
  })
  stubs.startSteps()
  return stubs
}

/** The files that templates made, and the secret values that they may have used. */
export interface LaidTemplates {
  readonly templated: ReadonlySet<string>
  readonly valueSecrets: readonly string[]
}

/** Renders the templates and applies the edits. */
export async function applySettings(start: StartedRender): Promise<LaidTemplates> {
  try {
    return await applyTemplatesAndEdits(start)
  } finally {
    start.engine?.release()
  }
}

async function applyTemplatesAndEdits(start: StartedRender): Promise<LaidTemplates> {
  const { context, overlay, secrets, options, step, stage, stubs, reads, engine } = start
  step('template')
  const values = runExpression({ subject: `a value of overlay ${overlay.name}` }, () =>
    resolveValues(overlay.settings.values, {
      secrets,
      environment: reads.noting(context.environment),
      readFile: (name, value) => readValueFile(stage, context.workspace, name, value),
    }),
  )
  const { workspace, shown } = context
  const { signal } = options
  const place = { workspace, shown, mayShow: async (real: string) => reads.mayShow(real), signal }
  const { laid: templated, stubbed } =
    engine === undefined ? NO_TEMPLATES : await renderTemplates(stage, overlay, values, engine, place)
  for (const path of stubbed) stubs?.noteTemplate(path)

  step('edit')
  await reads.guard(() => applyEdits(stage, overlay, options.onUnrepeatable))
  return { templated, valueSecrets: values.secrets }
}

const NO_TEMPLATES: RenderedTemplates = { laid: new Set(), stubbed: new Set() }

function layCopies(stage: Stage, overlay: Overlay, { workspace, config, vendoring }: PipelineContext): void {
  layVendored(stage, overlay, { workspace, version: config.kustomize.pin.kustomize }, vendoring)
}

/** The inputs of the build. */
export function walkStage(
  { context, overlay, stage, stubs }: StartedRender,
  { templated }: LaidTemplates,
): InputGraph {
  const { pin, network } = context.config.kustomize
  // Templates and edits may have added references to vendored copies.
  layCopies(stage, overlay, context)
  return walkOverlay(stage, overlay, {
    version: pin.kustomize,
    network,
    supply: stubs === undefined ? undefined : (wanted) => stubs.supply(wanted, templated),
  })
}

/** Runs `work` for an overlay, then reports it as done. */
export async function untilDone<Result>(
  { name }: Overlay,
  { onProgress }: CallOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  return work().finally(() => onProgress?.({ overlay: name, step: 'done' }))
}

/** The observations of a stage, and the paths among them. */
export function lookedAt(stage: Stage): Pick<Rendered, 'observations' | 'inputs'> {
  const observations = stage.observations()
  return { observations, inputs: inputsOf(observations) }
}
