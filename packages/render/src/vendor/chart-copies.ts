import { join } from 'node:path'

import {
  chartKey,
  type ChartLock,
  digestOfFiles,
  sha256Of,
  type VendoredChart,
  type VendoredRemote,
} from '@overlay-render/kustomize'
import { diskView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import { fetchChart, type FetchChartOptions } from './fetch-chart.ts'
import { filesBelow } from './files-below.ts'
import { chartPlace, renderPlaces } from './lay-charts.ts'
import { findCharts, NO_CHARTS } from './vendor-charts.ts'
import { VENDOR_FOLDER } from './vendor-folder.ts'
import type { CopyPlace, VendorFinding, VendorOutcome } from './vendor-outcome.ts'

/** A copy that the lock file records. */
interface ChartCopy extends CopyPlace {
  /** Its name in messages. */
  readonly title: string
  /** The digest of the file, or of the folder's files. */
  readonly sha256: string
}

/** The copies of charts that a lock file records: the charts themselves, and for each run of helm its arguments and its output. */
export function chartCopies(workspace: string, lock: ChartLock | undefined): ChartCopy[] {
  const top = join(workspace, VENDOR_FOLDER)
  const charts = (lock?.charts ?? []).map((chart) => ({
    path: join(top, chartPlace(chart)),
    isFolder: true,
    title: titleOf(chart),
    sha256: chart.sha256,
  }))
  const renders = (lock?.renders ?? []).flatMap((render) =>
    renderPlaces(render).map((place, index) => ({
      path: join(top, place),
      isFolder: false,
      title: titleOfRender(render.chart),
      sha256: index === 0 ? render.asked : render.printed,
    })),
  )
  return [...charts, ...renders]
}

/** What vendoring changed in the charts and in their renders by helm. */
export function chartOutcomes(before: ChartLock | undefined, after: ChartLock | undefined): VendorOutcome[] {
  const [was, now] = [entriesOf(before), entriesOf(after)]
  const keys = [...new Set([...was.keys(), ...now.keys()])].sort()
  return keys.map((key) => {
    const [old, made] = [was.get(key), now.get(key)]
    const isSame = old?.sha256 === made?.sha256
    const outcome = made === undefined ? 'unused' : old === undefined ? 'added' : isSame ? 'kept' : 'updated'
    return { url: (made ?? old)?.url ?? key, outcome, before: old, after: made }
  })
}

function entriesOf(lock: ChartLock | undefined): Map<string, VendoredRemote> {
  const charts = (lock?.charts ?? []).map((chart) => {
    const remote = { url: titleOf(chart), commit: undefined, sha256: chart.archive }
    return [chartKey(chart), remote] as const
  })
  const renders = (lock?.renders ?? []).map(({ chart, asked, printed }) => {
    const remote = { url: titleOfRender(chart), commit: undefined, sha256: printed }
    return [`${chart} ${asked}`, remote] as const
  })
  return new Map([...charts, ...renders])
}

function titleOf({ name, version, repo }: Pick<VendoredChart, 'name' | 'version' | 'repo'>): string {
  return `chart ${name} ${version} of ${repo}`
}

function titleOfRender(label: string): string {
  return `what helm renders of ${label.replace(/ sha256:\w+$/u, '')}`
}

/** Options of a check of vendored charts. */
export interface CheckChartsOptions extends FetchChartOptions {
  /** The copies of remotes that match the lock file. */
  readonly sound: ReadonlyMap<string, VendoredRemote>
  /** Whether all copies of remotes match; a broken copy could name a chart. */
  readonly isWhole: boolean
}

/** Finds charts whose copies are missing or edited, that no overlay names, or whose archives have changed at the source. */
export async function checkCharts(
  context: PipelineContext,
  lock: ChartLock | undefined,
  { sound, isWhole, ...fetching }: CheckChartsOptions,
): Promise<VendorFinding[]> {
  if (lock === undefined) return []
  const findings = chartCopies(context.workspace, lock).flatMap((copy) => problemOf(context, copy))
  if (findings.length > 0) return findings
  const named = await findCharts(context, { locked: sound, charts: NO_CHARTS }, fetching.signal)
  const inputs = [...named.values()].flat()
  for (const chart of lock.charts) {
    const url = titleOf(chart)
    const input = inputs.find(
      ({ repo = '', name, version = '' }) => chartKey({ repo, name, version }) === chartKey(chart),
    )
    if (input === undefined) {
      if (isWhole) findings.push({ url, problem: 'unused', detail: 'no overlay names it' })
      continue
    }
    const { chart: now } = await fetchChart(input, fetching)
    if (now.archive === chart.archive) continue
    const detail = `it was sha256 ${chart.archive.slice(0, 12)}, and is ${now.archive.slice(0, 12)}`
    findings.push({ url, problem: 'moved', detail })
  }
  return findings
}

function problemOf(
  { shown }: PipelineContext,
  { path, isFolder, title, sha256 }: ChartCopy,
): VendorFinding[] {
  if (diskView.kindOf(path) !== (isFolder ? 'folder' : 'file'))
    return [{ url: title, problem: 'missing', detail: 'its copy is missing: run vendor again' }]
  const digest = isFolder ? digestOfFiles(filesBelow(diskView, path)) : sha256Of(diskView.readFile(path))
  if (digest === sha256) return []
  return [{ url: title, problem: 'edited', detail: `${shown(path)} was changed: restore it from git` }]
}
