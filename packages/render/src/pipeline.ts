import type { PrintMode } from '@overlay-render/configs'
import type { ResourceId } from '@overlay-render/golden'
import {
  type BuildInputs,
  type BuildTrace,
  definedObjects,
  type InputGraph,
  type Kustomize,
  walkInputs,
} from '@overlay-render/kustomize'
import { type Finding, type Observation, type Position, throwIfAborted, Tree } from '@overlay-render/system'

import type { Boundary } from './boundary.ts'
import type { WorkspaceCache } from './cache/workspace-cache.ts'
import { buildOverlay, requireInputs, walkOverlay, type TraceOf } from './build-step.ts'
import { patchConfigs } from './config-step.ts'
import { applyEdits } from './edits.ts'
import { readFolder } from './folder-step.ts'
import { layInherited } from './inherit.ts'
import { lineageOf } from './lineage.ts'
import type { Overlay } from './overlays.ts'
import type { CallOptions, StepName } from './progress.ts'
import type { PinnedKustomize, PinnedOptions } from './pinned-kustomize.ts'
import {
  inputsOf,
  type Rendered,
  type RenderedConfig,
  type RenderedConfigs,
  withObjects,
} from './rendered.ts'
import { listSecrets, requireSecrets, type SecretFile, secretValues, StubSupply } from './secret-step.ts'
import { findMergedFiles } from './merged-files.ts'
import { parseObjects } from './parse-objects.ts'
import { RenderFault } from './render-fault.ts'
import { runExpression } from './run-expression.ts'
import { SecretReads } from './secret-reads.ts'
import { Stage } from './stage.ts'
import { readValueFile, renderTemplates } from './template-step.ts'
import { resolveValues, stubEnvironment } from './templates/resolve-values.ts'
import { chartStep, type Vendoring } from './vendor/chart-step.ts'
import { layVendored } from './vendor/lay-vendored.ts'
import type { VisibleTree } from './visible-tree.ts'
import type { SecretMode, WorkspaceConfig } from './workspace-config.ts'

/** What the steps know of the workspace. */
export interface PipelineContext {
  /** The workspace's folder, an absolute real path. */
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly overlays: readonly Overlay[]
  readonly boundary: Boundary
  readonly visible: VisibleTree
  readonly environment: (name: string) => string | undefined
  /** A path as messages show it. */
  readonly shown: (path: string) => string
  /** What is kept of this workspace between runs; undefined when nothing is. */
  readonly cache: WorkspaceCache | undefined
  /** Finds the pinned kustomize, once for all overlays. */
  readonly pinned: (options: PinnedOptions) => Promise<PinnedKustomize>
  /** Copies that are not in the tree yet, while they are vendored. */
  readonly vendoring?: Vendoring | undefined
}

export interface RenderOptions extends CallOptions {
  /** The default is the workspace's. */
  readonly secrets?: SecretMode | undefined
  /** The default is the workspace's. */
  readonly print?: PrintMode | undefined
  /** How many overlays are being rendered at a time; a lone build may use more cores. */
  readonly jobs?: number | undefined
  /** `counted`: only the number of resources of each kind is wanted, so none need be parsed. */
  readonly resources?: 'parsed' | 'counted' | undefined
  /** Told when the output depends on the clock or on chance. */
  readonly onUnrepeatable?: (() => void) | undefined
}

export interface ProwCheckOptions extends CallOptions {
  /** Whether Prow's own `checkconfig` is asked, too. */
  readonly checkconfig?: boolean | undefined
}

export interface RenderAllOptions extends RenderOptions {
  readonly configsOnly?: boolean | undefined
}

/** Renders one overlay: stage, patch, template, edit, build. */
export async function renderOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<Rendered> {
  return (await renderWithSources(context, overlay, options)).rendered
}

/** A render and the sources that it was made of. */
export interface RenderedSources {
  readonly rendered: Rendered
  /** What the build read, and where to read it again; undefined for a folder of plain manifests. */
  readonly inputs: BuildInputs | undefined
  /** Where an object of the manifests is defined. */
  readonly sourceOf: (id: ResourceId) => Position | undefined
  readonly stage: Stage
}

/** Renders one overlay and keeps what it was made of, for those who say where things come from. */
export async function renderWithSources(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedSources> {
  return untilDone(overlay, options, () => render(context, overlay, options))
}

/** A render, and what each step of its build did to each resource. */
export interface TracedRender extends RenderedSources {
  readonly inputs: BuildInputs
  readonly trace: BuildTrace
}

/**
 * Renders one overlay with stub secrets, and builds it once more to see each step.
 *
 * @param made the manifests, where they have been built already
 */
export async function traceOverlay(
  context: PipelineContext,
  overlay: Overlay,
  options: CallOptions,
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
  const start = await startRender(context, overlay, options)
  const { stage, stubs, secrets, configs, warnings } = start
  const { manifests, kustomize, inputs, sourceOf, trace, warnings: said } = await build(start, traced)
  const unparsed = {
    overlay: overlay.name,
    manifests,
    configs,
    warnings: [...warnings, ...(stubs?.findings ?? []), ...said],
    secrets,
    stubbed: stubs?.stubbed ?? [],
    kustomize,
    ...lookedAt(stage),
    duration: performance.now() - started,
  }
  return { rendered: withObjects(unparsed, parseObjects), inputs, sourceOf, stage, trace }
}

function notBuilt({ name }: Overlay): RenderFault {
  return new RenderFault({
    code: 'overlay-unknown',
    message: `overlay ${name} is a folder of plain manifests: its resources are what its files have`,
    hint: 'only what kustomize makes is explained',
  })
}

interface BuiltManifests extends Omit<RenderedSources, 'rendered' | 'stage'> {
  readonly manifests: Uint8Array
  readonly warnings: readonly Finding[]
  readonly kustomize: Kustomize | undefined
  readonly trace: BuildTrace | undefined
}

/** Template, edit, and the manifests: by kustomize, or those that are in the folder. */
async function build(start: StartedRender, traced?: TraceOf): Promise<BuiltManifests> {
  const { context, overlay, stage, secrets, options } = start
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
    schema,
    network: usesNetwork(context, secrets),
    helm: chartStep(stage, graph, context),
    holdsSecrets: secrets === 'real',
    shown: context.shown,
    secrets: secrets === 'real' ? [...valueSecrets, ...secretValues(stage, files)] : [],
    jobs: options.jobs ?? 1,
    traced,
    signal: options.signal,
  })
  const inputs = { graph, view: stage.tree.view }
  const warnings = [...built.warnings, ...findMergedFiles(graph, stage.tree.view)]
  return { ...built, warnings, kustomize, inputs, sourceOf: definedObjects(inputs) }
}

/** The first half of a render: the configs of an overlay, without kustomize. */
export async function renderOverlayConfigs(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<RenderedConfigs> {
  const started = performance.now()
  const { stage, configs, warnings } = await untilDone(overlay, options, () =>
    startRender(context, overlay, options),
  )
  return {
    overlay: overlay.name,
    configs,
    warnings,
    ...lookedAt(stage),
    duration: performance.now() - started,
  }
}

/** What the build of an overlay would read, found without building it. */
export interface OverlayInputs {
  /** Every question that a render asks of the tree, and its answer, sorted by path. */
  readonly observations: readonly Observation[]
  /** Where each file is named, by its real path: the kustomization's line. */
  readonly named: ReadonlyMap<string, Position>
}

/** Finds what a render of an overlay with stub secrets looks at, without running kustomize. */
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

export interface SecretOptions extends CallOptions {
  /**
   * Whether the secret files that templates make are made, in the stage of a render with real secrets, so that it is known that they
   * can be. Nothing is written to the tree.
   */
  readonly write?: boolean | undefined
}

/**
 * Every secret file that an overlay needs, and whether it is there. Nothing is built. No secret is read, those that templates take with
 * `write` excepted.
 */
export async function listOverlaySecrets(
  context: PipelineContext,
  overlay: Overlay,
  { write = false, ...options }: SecretOptions,
): Promise<SecretFile[]> {
  // Plain manifests have no generators.
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

async function untilDone<Result>(
  { name }: Overlay,
  { onProgress }: CallOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  return work().finally(() => onProgress?.({ overlay: name, step: 'done' }))
}

/** A render on its way: the stage with its configs laid. */
interface StartedRender {
  readonly context: PipelineContext
  readonly overlay: Overlay
  readonly secrets: SecretMode
  readonly options: RenderOptions
  readonly step: (name: StepName) => void
  readonly stage: Stage
  /** With stub secrets alone, and for kustomizations alone. */
  readonly stubs: StubSupply | undefined
  readonly reads: SecretReads
  readonly configs: readonly RenderedConfig[]
  readonly warnings: readonly Finding[]
}

/** Stage and patch. */
async function startRender(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<StartedRender> {
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
  const patched = await reads.guard(() =>
    patchConfigs(stage, overlay, {
      ...context,
      environment,
      print: options.print,
      onUnrepeatable: options.onUnrepeatable,
    }),
  )
  return { context, overlay, secrets, options, step, stage, stubs, reads, ...patched }
}

/** With stub secrets nothing is fetched, whatever the workspace allows: a pull request may have written that. */
function usesNetwork({ config }: PipelineContext, secrets: SecretMode): boolean {
  return config.kustomize.network && secrets === 'real'
}

/** Lays a stub for every secret that the kustomizations name as they are, before anything could read it. */
function layStubs(stage: Stage, overlay: Overlay, { config }: PipelineContext): StubSupply {
  const stubs = new StubSupply(stage)
  // What is wrong with them is said when they are complete.
  walkInputs(overlay.folder, {
    tree: stage.tree,
    version: config.kustomize.pin.kustomize,
    supply: (wanted) => stubs.supplySecret(wanted),
  })
  stubs.startSteps()
  return stubs
}

/** What templates laid, and the secret values that they may have used. */
interface LaidTemplates {
  readonly templated: ReadonlySet<string>
  readonly valueSecrets: readonly string[]
}

/** Template and edit. */
async function applySettings(start: StartedRender): Promise<LaidTemplates> {
  const { context, overlay, secrets, options, step, stage, reads } = start
  step('template')
  const values = runExpression({ subject: `a value of overlay ${overlay.name}` }, () =>
    resolveValues(overlay.settings.values, {
      secrets,
      environment: reads.noting(context.environment),
      readFile: (name, value) => readValueFile(stage, context.workspace, name, value),
    }),
  )
  const { workspace, shown } = context
  const place = { workspace, shown, mayShow: async (real: string) => reads.mayShow(real) }
  const templated = await renderTemplates(stage, overlay, values, place, options.signal)

  step('edit')
  await reads.guard(() => applyEdits(stage, overlay, options.onUnrepeatable))
  return { templated, valueSecrets: values.secrets }
}

function layCopies(stage: Stage, overlay: Overlay, { workspace, config, vendoring }: PipelineContext): void {
  layVendored(stage, overlay, { workspace, version: config.kustomize.pin.kustomize }, vendoring)
}

/** The inputs of a kustomization's build. */
function walkStage(
  { context, overlay, stage, stubs }: StartedRender,
  { templated }: LaidTemplates,
): InputGraph {
  const { pin, network } = context.config.kustomize
  // Templates and edits may have named more.
  layCopies(stage, overlay, context)
  return walkOverlay(stage, overlay, {
    version: pin.kustomize,
    network,
    supply: stubs === undefined ? undefined : (wanted) => stubs.supply(wanted, templated),
  })
}

function lookedAt(stage: Stage): Pick<Rendered, 'observations' | 'inputs'> {
  const observations = stage.observations()
  return { observations, inputs: inputsOf(observations) }
}
