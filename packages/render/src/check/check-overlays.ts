import { type CheckFinding, newFindings, baselineKey } from '@overlay-render/check'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { BaseSide } from '../review/review-side.ts'
import { type CheckPreparation, prepareCheck } from './check-preparation.ts'
import { type CheckOptions, checkResults } from './check-workspace.ts'
import { assertJobs } from './assert-jobs.ts'
import { groupFindings } from './group-findings.ts'

/** Renders overlays with stub secrets and tells what the rules and assertions find. */
export async function checkOverlays(
  context: PipelineContext,
  workspace: Pick<OpenedWorkspace, 'renderAll' | 'prowFiles'>,
  names: readonly string[],
  options: CheckOptions,
): Promise<CheckFinding[]> {
  const { rules: _rules, base: _base, ...call } = options
  let prepared: Promise<CheckPreparation> | undefined
  const onBuilding = (): void => {
    prepared ??= prepareCheck(context, names, options)
    // Its findings are reported when the renders are done.
    prepared.catch(() => undefined)
  }
  const results = await workspace.renderAll(names, { ...call, secrets: 'stub', onBuilding })
  const found = await checkResults(context, results, options, prepared)
  return groupFindings(found, await assertJobs(context, workspace))
}

/** Findings that the base does not have, by rule, overlay and object. */
export async function findNew(
  findings: readonly CheckFinding[],
  before: BaseSide,
  names: readonly string[],
  { signal, rules }: CheckOptions,
): Promise<CheckFinding[]> {
  const found = await before.settle(async () => {
    const there = names.filter((name) => before.overlays.some((overlay) => overlay.name === name))
    const results = await before.renderAll(there, { secrets: 'stub', signal })
    const only = new Set(findings.map(({ rule }) => rule))
    const ofJobs = { overlay: undefined, findings: await before.assertJobs() }
    return [...(await before.check(results, { signal, rules, only })), ofJobs]
  })
  const known = new Set(
    found.flatMap(({ overlay, findings: own }) => own.map((finding) => baselineKey(finding, overlay ?? ''))),
  )
  return newFindings(findings, known)
}
