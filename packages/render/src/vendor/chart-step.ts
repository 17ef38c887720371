import {
  type ChartLock,
  type Helm,
  type HelmAnswer,
  type InputGraph,
  recordedAnswers,
  KustomizeFault,
  writeHelmRecorder,
  writeHelmStub,
} from '@overlay-render/kustomize'

import type { HelmStep } from '../build-step.ts'
import type { Stage } from '../stage.ts'
import type { WorkspaceConfig } from '../workspace-config.ts'
import { chartLabels, keptAnswersOf } from './lay-charts.ts'
import { type LayOptions, readLockedCharts } from './lay-vendored.ts'

/** A render in which copies are made: those that are not in the tree yet, and a helm that is asked and written down. */
export interface Vendoring extends LayOptions {
  readonly charts: { readonly lock: ChartLock | undefined; readonly files: ReadonlyMap<string, Uint8Array> }
  readonly helm: Helm
  readonly onAnswers: (answers: readonly HelmAnswer[]) => void
}

interface ChartContext {
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly vendoring?: Vendoring | undefined
}

/**
 * What kustomize runs for helm: what answers with the renders that are kept in the tree, or the pinned helm while charts are vendored.
 * Undefined for a build without charts.
 *
 * @throws KustomizeFault `vendored-copy`
 */
export function chartStep(
  stage: Stage,
  graph: InputGraph,
  { workspace, config, vendoring }: ChartContext,
): HelmStep | undefined {
  const [chart] = graph.charts
  if (chart === undefined) return undefined
  if (process.platform === 'win32') {
    const message = 'charts are rendered on Linux and macOS only'
    throw new KustomizeFault({ code: 'chart-refused', message, position: chart.position })
  }
  const stagedLabels = (
    labels: ReadonlyMap<string, string>,
    staged: (path: string) => string,
  ): ReadonlyMap<string, string> => new Map([...labels].map(([folder, label]) => [staged(folder), label]))
  if (vendoring !== undefined) {
    const { helm, onAnswers } = vendoring
    const labels = chartLabels(graph, stage)
    return {
      lay: (folder, staged) =>
        writeHelmRecorder({
          folder,
          version: helm.version,
          helm: helm.path,
          charts: stagedLabels(labels, staged),
        }),
      done: (folder) => onAnswers(recordedAnswers(folder)),
    }
  }
  const lock = readLockedCharts(stage, workspace)
  const { version, answers, labels } = keptAnswersOf(stage, graph, { workspace, lock, pinned: config.helm })
  return {
    lay: (folder, staged) =>
      writeHelmStub({ folder, version, answers, charts: stagedLabels(labels, staged) }),
  }
}
