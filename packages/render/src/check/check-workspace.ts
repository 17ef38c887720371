import {
  type CheckFinding,
  groupByOverlay,
  runRules,
  type RuleSets,
  type ScriptCheck,
  withRules,
} from '@overlay-render/check'
import { Fault, type Finding } from '@overlay-render/system'

import type { Overlay } from '../overlays.ts'
import {
  type PipelineContext,
  renderOverlayConfigs,
  renderWithSources,
  type RenderedSources,
  type RenderOptions,
} from '../pipeline.ts'
import type { RenderedConfigs } from '../rendered.ts'

export interface CheckOptions extends Pick<RenderOptions, 'signal' | 'onProgress'> {
  /** Rules of others, which run beside those of this project. */
  readonly rules?: Partial<RuleSets> | undefined
}

/** Findings about overlays, of the rules in `@overlay-render/check`. Renders have stub secrets; nothing is written. */
export async function checkWorkspace(
  context: PipelineContext,
  overlays: readonly Overlay[],
  { rules: more = {}, ...options }: CheckOptions = {},
): Promise<CheckFinding[]> {
  const rules = withRules(more)
  const findings: { readonly overlay: string; readonly finding: Finding }[] = []
  for (const overlay of overlays) {
    for (const finding of await checkOverlay(context, overlay, rules, options))
      findings.push({ overlay: overlay.name, finding })
  }
  return groupByOverlay(findings)
}

async function checkOverlay(
  context: PipelineContext,
  overlay: Overlay,
  rules: RuleSets,
  options: RenderOptions,
): Promise<Finding[]> {
  const outcome = await renderIfPossible(context, overlay, options)
  const scripts = scriptChecks(overlay.name, outcome.configs).flatMap((input) =>
    runRules(rules.scripts, input),
  )
  const warnings = outcome.configs?.warnings ?? []
  if (outcome.sources === undefined)
    return [...warnings, ...scripts, ...outcome.faults.map((fault) => faultFinding(fault, overlay))]
  const { rendered, sourceOf } = outcome.sources
  const manifests = runRules(rules.manifests, {
    overlay: overlay.name,
    resources: rendered.resources,
    provides: [],
    sourceOf,
  })
  return [...rendered.warnings, ...scripts, ...manifests]
}

interface Outcome {
  readonly configs: RenderedConfigs | undefined
  readonly sources: RenderedSources | undefined
  readonly faults: readonly Fault[]
}

/** An overlay that does not build still has scripts. */
async function renderIfPossible(
  context: PipelineContext,
  overlay: Overlay,
  options: RenderOptions,
): Promise<Outcome> {
  const stub = { ...options, secrets: 'stub' } as const
  try {
    const sources = await renderWithSources(context, overlay, stub)
    return { configs: sources.rendered, sources, faults: [] }
  } catch (error) {
    const fault = asFault(error)
    try {
      return {
        configs: await renderOverlayConfigs(context, overlay, stub),
        sources: undefined,
        faults: [fault],
      }
    } catch (again) {
      asFault(again)
      return { configs: undefined, sources: undefined, faults: [fault] }
    }
  }
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault && error.code !== 'aborted') return error
  throw error
}

function faultFinding({ code, sentence, position, hint }: Fault, { name }: Overlay): Finding {
  return {
    rule: 'not-rendered',
    severity: 'error',
    message: `the overlay ${name} cannot be rendered: ${sentence}`,
    object: `${name} ${code}`,
    position,
    hint,
  }
}

function scriptChecks(overlay: string, configs: RenderedConfigs | undefined): ScriptCheck[] {
  return (configs?.configs ?? [])
    .filter(({ script }) => script !== undefined)
    .map((config) => ({ overlay, config }))
}
