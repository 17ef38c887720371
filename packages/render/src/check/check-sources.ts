import { type Rule, runRules, type SourceCheck } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import type { CheckScope } from './check-scope.ts'
import { filesRead, type OverlaySources } from './overlay-sources.ts'
import { type PreparedSources, usedOf } from './prepare-sources.ts'

/** The findings in one overlay, or in none (undefined). */
export interface OverlayFindings {
  readonly overlay: string | undefined
  readonly findings: readonly Finding[]
}

interface Checked {
  /** Of every overlay of the workspace. */
  readonly sources: readonly OverlaySources[]
  readonly prepared: PreparedSources
  /** Of the overlays that are checked. */
  readonly results: readonly RenderResult[]
  readonly rules: readonly Rule<SourceCheck>[]
  readonly scope: CheckScope | undefined
}

/**
 * The findings in the sources of a workspace, each with the overlay that it is about. Findings of no overlay are reported only when
 * all overlays are checked.
 */
export function checkSources(context: PipelineContext, checked: Checked): OverlayFindings[] {
  const { sources, prepared, results, rules, scope } = checked
  const used = new Set([...prepared.used, ...usedByRenders(context, checked)])
  const findings = runRules(rules, { ...prepared.check, isUsed: (real) => used.has(real) })
  const names = new Set([...results.map(({ overlay }) => overlay), ...(scope?.sourcesOf ?? [])])
  const ofNone = scope?.ofNone ?? sources.every(({ overlay }) => names.has(overlay.name))
  return findings.flatMap((finding): OverlayFindings[] => {
    const owners = sources
      .filter((each) => isAbout(finding, each, context))
      .map(({ overlay }) => overlay.name)
    if (owners.length === 0) return ofNone ? [{ overlay: undefined, findings: [finding] }] : []
    return owners.filter((name) => names.has(name)).map((overlay) => ({ overlay, findings: [finding] }))
  })
}

/** A finding is about the overlays that read its file, else about the overlay whose folder holds the file. */
function isAbout(
  { position }: Finding,
  { overlay, graph }: OverlaySources,
  { shown }: PipelineContext,
): boolean {
  const file = position?.file ?? ''
  return graph.files.some((input) => input.shown === file) || file.startsWith(`${shown(overlay.folder)}/`)
}

/** The real paths of the files that renders read, such as files that scripts load. */
function usedByRenders({ overlays }: PipelineContext, { sources, results, scope }: Checked): string[] {
  return sources.flatMap(({ overlay }) => {
    const result = results.find((each) => each.overlay === overlay.name)
    const rendered = result === undefined || 'fault' in result ? undefined : result.rendered
    const observed = rendered?.observations ?? scope?.observed.get(overlay.name) ?? []
    return usedOf(filesRead(observed), overlay, overlays)
  })
}
