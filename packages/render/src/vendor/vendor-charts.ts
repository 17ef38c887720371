import {
  type ChartInput,
  chartKey,
  type ChartLock,
  chartOf,
  type Helm,
  type HelmAnswer,
  type RecordedRender,
  KustomizeFault,
  platformName,
  resolveHelm,
  sha256Of,
  walkInputs,
} from '@overlay-render/kustomize'
import { Fault } from '@overlay-render/system'

import { userFolder } from '../cache/cache-folder.ts'
import { layInherited } from '../inherit.ts'
import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import { isInCheckout } from '../pinned-kustomize.ts'
import { type PipelineContext } from '../pipeline-context.ts'
import { renderOverlay } from '../pipeline.ts'
import { Stage } from '../stage.ts'
import { CONFIG_FILE } from '../workspace-config.ts'
import { fetchChart, type FetchChartOptions } from './fetch-chart.ts'
import { renderPlaces } from './lay-charts.ts'
import { type LayOptions, layVendored } from './lay-vendored.ts'

/** The vendored charts, and the new files by path below the vendor folder. */
export interface VendoredCharts {
  readonly lock: ChartLock | undefined
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Options for vendoring charts. */
export interface VendorChartsOptions extends FetchChartOptions {
  /** The copies of remotes as they will be after vendoring. */
  readonly remotes: Pick<LayOptions, 'locked' | 'fetched'>
  /** The charts in the current lock file. */
  readonly before: ChartLock | undefined
  /** Whether to fetch charts that have a copy again. */
  readonly update: boolean
}

/**
 * Fetches the charts of overlays that have no copy, and renders all charts with the pinned helm, as the build of each overlay
 * requests it. Writes nothing.
 *
 * @throws KustomizeFault `vendored-copy`, `chart-refused`, `pin-not-met`; faults of an overlay's build before its charts are
 * rendered
 */
export async function vendorCharts(
  context: PipelineContext,
  { remotes, before, update, ...fetching }: VendorChartsOptions,
): Promise<VendoredCharts> {
  const kept = update ? [] : (before?.charts ?? [])
  const files = new Map<string, Uint8Array>()
  const charts = new Map(kept.map((chart) => [chartKey(chart), chart]))
  const found = await findCharts(context, { ...remotes, charts: NO_CHARTS }, fetching.signal)
  const named = [...found.values()].flat().filter(({ repo }) => repo !== undefined)
  for (const chart of named) {
    const key = keyOf(chart)
    if (chart.isThere || charts.has(key)) continue
    const fetched = await fetchChart(chart, fetching)
    charts.set(key, fetched.chart)
    for (const [path, bytes] of fetched.files) files.set(path, bytes)
  }
  if (found.size === 0) return { lock: undefined, files }
  const helm = await pinnedHelm(context, [...found.values()].flat()[0], before, fetching.signal)
  const used = new Set(named.map(keyOf))
  const vendored = [...charts.values()].filter((chart) => used.has(chartKey(chart)))
  const lock: ChartLock = { helm: lockedHelm(helm, before), charts: vendored, renders: [] }
  const renders = new Map<string, RecordedRender>()
  for (const overlay of context.overlays.filter(({ name }) => found.has(name))) {
    const vendoring = { ...remotes, charts: { lock, files }, helm }
    for (const answer of await askHelm(context, overlay, vendoring, fetching.signal)) {
      const { render, places } = keep(answer)
      renders.set(render.asked, render)
      for (const [path, bytes] of places) files.set(path, bytes)
    }
  }
  return { lock: { ...lock, renders: [...renders.values()] }, files }
}

/** For renders that use no vendored chart. */
export const NO_CHARTS: VendoredCharts = { lock: undefined, files: new Map() }

function keyOf({ repo = '', name, version = '' }: ChartInput): string {
  return chartKey({ repo, name, version })
}

/** The charts by overlay; overlays without charts are left out. */
export async function findCharts(
  context: PipelineContext,
  laying: LayOptions,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly ChartInput[]>> {
  const { workspace, config, overlays, boundary, shown } = context
  const view = await context.visible.view('stub', signal)
  const version = config.kustomize.pin.kustomize
  const found = new Map<string, readonly ChartInput[]>()
  for (const overlay of overlays.filter(({ layout }) => layout.kind === 'kustomize')) {
    const stage = new Stage(view, boundary, shown)
    layInherited(stage, overlay, lineageOf(overlay, overlays))
    layVendored(stage, overlay, { workspace, version }, laying)
    const { charts } = walkInputs(overlay.folder, { tree: stage.tree, version, allowNetwork: true })
    if (charts.length > 0) found.set(overlay.name, charts)
  }
  return found
}

/** The runs of helm in a build of an overlay. Faults after its charts are rendered are ignored: they do not concern vendoring. */
async function askHelm(
  context: PipelineContext,
  overlay: Overlay,
  vendoring: Omit<NonNullable<PipelineContext['vendoring']>, 'onAnswers'>,
  signal: AbortSignal | undefined,
): Promise<readonly HelmAnswer[]> {
  let answers: readonly HelmAnswer[] = []
  const onAnswers = (all: readonly HelmAnswer[]): void => void (answers = all)
  try {
    const recording = { ...context, cache: undefined, vendoring: { ...vendoring, onAnswers } }
    await renderOverlay(recording, overlay, { secrets: 'stub', signal, resources: 'counted' })
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'aborted' || answers.length === 0) throw error
    if (error.code === 'chart-refused' || error.code === 'vendored-copy') throw error
  }
  return answers
}

function keep({ asked, printed }: HelmAnswer): {
  readonly render: RecordedRender
  readonly places: readonly (readonly [string, Uint8Array])[]
} {
  const question = Buffer.from(asked)
  const chart = chartOf(asked)
  if (chart === undefined) throw new TypeError('helm was asked without a chart')
  const render = { chart, asked: sha256Of(question), printed: sha256Of(printed) }
  const [first, second] = renderPlaces(render)
  return {
    render,
    places: [
      [first, question],
      [second, printed],
    ],
  }
}

async function pinnedHelm(
  context: PipelineContext,
  chart: ChartInput | undefined,
  before: ChartLock | undefined,
  signal: AbortSignal | undefined,
): Promise<Helm> {
  const version = context.config.helm
  if (version === undefined) {
    throw new KustomizeFault({
      code: 'chart-refused',
      message: `chart ${chart?.name ?? ''} is rendered by helm, and ${CONFIG_FILE} pins none`,
      position: chart?.position,
      hint: `write helm: {version: 3.19.2}, or the version that deploys, into ${CONFIG_FILE}`,
    })
  }
  const locked = before?.helm.version === version ? before.helm.sha256.get(platformName()) : undefined
  return resolveHelm(version, {
    storeFolder: userFolder(),
    locked,
    isInCheckout: (path) => isInCheckout(path, context),
    signal,
  })
}

function lockedHelm({ version, platform, sha256 }: Helm, before: ChartLock | undefined): ChartLock['helm'] {
  const known = before?.helm.version === version ? before.helm.sha256 : []
  return { version, sha256: new Map([...known, [platform, sha256]]) }
}
