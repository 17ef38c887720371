import type { CheckFinding } from '@overlay-render/check'

import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { CheckPreparation } from './check-preparation.ts'
import type { CheckOptions } from './check-workspace.ts'

/** Renders overlays with stub secrets, and returns the findings of the rules and assertions. The rules are loaded while kustomize runs. */
export async function checkOverlays(
  context: PipelineContext,
  workspace: Pick<OpenedWorkspace, 'renderAll' | 'prowFiles'>,
  names: readonly string[],
  options: CheckOptions,
): Promise<CheckFinding[]> {
  const { rules: _rules, base: _base, ...call } = options
  let prepared: Promise<CheckPreparation> | undefined
  const prepare = async (): Promise<CheckPreparation> =>
    (await import('./check-preparation.ts')).prepareCheck(context, names, options)
  const onBuilding = (): void => {
    prepared ??= prepare()
    // An error is reported when the renders are done and `prepared` is awaited.
    prepared.catch(() => undefined)
  }
  const results = await workspace.renderAll(names, { ...call, secrets: 'stub', onBuilding })
  const { checkResults } = await import('./check-workspace.ts')
  const { groupFindings } = await import('./group-findings.ts')
  const { assertJobs } = await import('./assert-jobs.ts')
  const found = await checkResults(context, results, options, prepared)
  return groupFindings(found, await assertJobs(context, workspace))
}
