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

/** Set while charts are vendored: the new copies, and the real helm, whose arguments and output are recorded. */
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
 * The program that kustomize runs for helm: one that prints the vendored renders, or the pinned helm while charts are vendored.
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
    const hint = 'render this overlay on Linux or macOS, or in WSL'
    throw new KustomizeFault({ code: 'chart-refused', message, position: chart.position, hint })
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
