import { join, relative, sep } from 'node:path'

import {
  type ChartInput,
  chartKey,
  type ChartLock,
  digestOfFiles,
  type HelmAnswer,
  type InputGraph,
  type RecordedRender,
  KustomizeFault,
  sha256Of,
  type VendoredChart,
} from '@overlay-render/kustomize'
import { isWithin } from '@overlay-render/system'

import type { Stage } from '../stage.ts'
import { LOCK_FILE } from '../workspace-config.ts'
import { filesBelow } from './files-below.ts'
import { VENDOR_FOLDER } from './vendor-folder.ts'

const SHORT = 12

/** The folder of a vendored chart, relative to the vendor folder. */
export function chartPlace({
  name,
  version,
  archive,
}: Pick<VendoredChart, 'name' | 'version' | 'archive'>): string {
  return `charts/${name}-${version}@${archive.slice(0, SHORT)}`
}

/** The two files of a recorded run of helm, relative to the vendor folder: its arguments, and its output. */
export function renderPlaces({
  chart,
  asked,
}: Pick<RecordedRender, 'chart' | 'asked'>): readonly [string, string] {
  const name = chart.split(' ')[1] ?? ''
  const place = `charts/rendered/${name}-${asked.slice(0, SHORT)}`
  return [`${place}.asked`, `${place}.yaml`]
}

/**
 * Copies a vendored chart to the place in the stage where kustomize looks for it.
 *
 * @returns false for a chart without a copy
 * @throws KustomizeFault `vendored-copy`
 */
export function layChart(
  stage: Stage,
  workspace: string,
  chart: ChartInput,
  lock: ChartLock | undefined,
): boolean {
  const { repo = '', name, version = '', folder } = chart
  const key = chartKey({ repo, name, version })
  const locked = lock?.charts.find((one) => chartKey(one) === key)
  if (locked === undefined) return false
  const copy = join(workspace, VENDOR_FOLDER, chartPlace(locked))
  const shown = stage.tree.shown(copy)
  if (!stage.tree.isFolder(copy)) throw fault(chart, `its copy ${shown} is not there`)
  const files = filesBelow(stage.tree.view, copy)
  if (digestOfFiles(files) !== locked.sha256)
    throw fault(chart, `its copy ${shown} does not match ${LOCK_FILE}: it was edited`)
  for (const [path, bytes] of files) stage.write(join(folder, path), bytes, { kind: 'vendored' })
  return true
}

/** The name of each chart of a build in recorded runs of helm, by the chart's folder. */
export function chartLabels(graph: InputGraph, stage: Stage): ReadonlyMap<string, string> {
  return new Map(
    graph.charts.map(({ folder, name, version }) => {
      const files = graph.files.filter(({ role, path }) => role === 'chart' && isWithin(path, folder))
      const contents = files.map(
        ({ path, real }) => [relative(folder, path).split(sep).join('/'), stage.read(real)] as const,
      )
      const digest = digestOfFiles(new Map(contents))
      return [
        folder,
        ['chart', name, ...(version === undefined ? [] : [version]), `sha256:${digest}`].join(' '),
      ]
    }),
  )
}

/**
 * The recorded runs of helm for the charts of a build.
 *
 * @param pinned the version of helm that the workspace pins, if it does
 * @throws KustomizeFault `vendored-copy` when helm never rendered a chart with these files, or a record was changed
 */
export function keptAnswersOf(
  stage: Stage,
  graph: InputGraph,
  {
    workspace,
    lock,
    pinned,
  }: {
    readonly workspace: string
    readonly lock: ChartLock | undefined
    readonly pinned: string | undefined
  },
): {
  readonly version: string
  readonly answers: readonly HelmAnswer[]
  readonly labels: ReadonlyMap<string, string>
} {
  const labels = chartLabels(graph, stage)
  const renders = (lock?.renders ?? []).filter(({ chart }) => [...labels.values()].includes(chart))
  for (const chart of graph.charts) {
    if (lock === undefined || !renders.some((render) => render.chart === labels.get(chart.folder)))
      throw fault(chart, 'helm did not render it with its current files')
    if (pinned !== undefined && lock.helm.version !== pinned)
      throw fault(chart, `helm ${lock.helm.version} rendered it, and helm ${pinned} is pinned`)
  }
  const answers = renders.map((render) => {
    const chart = graph.charts.find(({ folder }) => labels.get(folder) === render.chart)
    const [asked, printed] = renderPlaces(render)
    const read = (place: string, digest: string): Uint8Array => {
      const path = join(workspace, VENDOR_FOLDER, place)
      const opened = stage.open(path)
      const bytes = opened.outcome === 'file' ? opened.read() : undefined
      if (bytes !== undefined && sha256Of(bytes) === digest) return bytes
      const why = bytes === undefined ? 'is not there' : `is not what ${LOCK_FILE} records: it was edited`
      throw fault(chart, `${stage.tree.shown(path)} ${why}`)
    }
    return {
      asked: Buffer.from(read(asked, render.asked)).toString('utf8'),
      printed: read(printed, render.printed),
    }
  })
  return { version: lock?.helm.version ?? '', answers, labels }
}

function fault(chart: ChartInput | undefined, problem: string): KustomizeFault {
  return new KustomizeFault({
    code: 'vendored-copy',
    message: `chart ${chart?.name ?? ''} ${chart?.version ?? ''}`.trim() + `: ${problem}`,
    position: chart?.position,
    hint: 'add the copies to git, or vendor it again: overlay-render vendor',
  })
}
