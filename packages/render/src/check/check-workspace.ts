import {
  applyRuleSettings,
  type Assertion,
  type AssertedDocument,
  checkAssertions,
  type CheckFinding,
  groupByOverlay,
  isOff,
  positionalPaths,
  runRules,
  RULES,
  type RuleSets,
  withRules,
} from '@overlay-render/check'
import type { EffectiveJob } from '@overlay-render/prow'
import type { Finding } from '@overlay-render/system'

import { subjectOf } from '../config-step.ts'
import { cachedFindings } from '../cache/cached-findings.ts'
import type { PipelineContext, RenderOptions } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import { runExpression } from '../run-expression.ts'
import { apiOfPin } from './api-of-pin.ts'
import { buildChecks, hasSteps } from './build-checks.ts'
import { jobDocuments, renderedDocuments } from './assertion-documents.ts'
import { clusterDefinitions } from './cluster-definitions.ts'
import { checkRender } from './check-render.ts'
import { checkSources, type OverlayFindings } from './check-sources.ts'
import { knownElsewhere } from './known-elsewhere.ts'
import { requireKnownRules } from './known-rules.ts'
import { type OverlaySources, readOverlaySources } from './overlay-sources.ts'
import { findEarlier } from './script-history.ts'

export interface CheckOptions extends Pick<RenderOptions, 'signal' | 'onProgress' | 'jobs'> {
  /** Rules of others, which run beside those of this project. */
  readonly rules?: Partial<RuleSets> | undefined
  /** A git revision: only findings that its merge base with the work tree does not have are reported. */
  readonly base?: string | undefined
}

/**
 * What the rules find in overlays that were rendered with stub secrets, or could not be: then their scripts and
 * kustomizations are checked all the same.
 */
export async function checkResults(
  context: PipelineContext,
  results: readonly RenderResult[],
  { rules: more = {}, signal }: CheckOptions = {},
): Promise<OverlayFindings[]> {
  const rules = withRules(more)
  await requireKnownRules(context.config, rules)
  const sources = new Map<string, OverlaySources>()
  for (const overlay of context.overlays)
    sources.set(overlay.name, await readOverlaySources(context, overlay, signal))
  const known = await knownElsewhere(context, results, signal)
  const api = await apiOfPin(context, signal)
  const found: OverlayFindings[] = []
  for (const result of results) {
    const own = sources.get(result.overlay)
    if (own === undefined) continue
    // The base of another overlay is not deployed alone, and what it lacks may be there.
    const isBase = [...sources.values()].some((other) => other !== own && holdsRoot(other, own))
    const definitions = clusterDefinitions(result.overlay, results, context.config.prow.overlays)
    const rendered = isBase ? [] : await checkRender(result, own, { known, api, definitions }, rules)
    const builds = isBase ? [] : await checkBuild(context, result, own, { rules, signal })
    const asserted = 'fault' in result ? [] : assert(context, renderedDocuments(result.rendered, own))
    const scripts = await checkScripts(context, own, { rules, signal })
    const findings = [...scripts, ...builds, ...rendered, ...asserted]
    found.push({
      overlay: result.overlay,
      findings: applyRuleSettings(findings, context.config.rules),
    })
  }
  const ofSources = await checkSources(context, {
    sources: [...sources.values()],
    results,
    rules: rules.kustomizations,
    signal,
  })
  return [
    ...found,
    ...ofSources.map(({ overlay, findings }) => ({
      overlay,
      findings: applyRuleSettings(findings, context.config.rules),
    })),
  ]
}

/** What the steps of a build did, for which it is built once more. */
async function checkBuild(
  context: PipelineContext,
  result: RenderResult,
  { overlay, ...sources }: OverlaySources,
  { rules, signal }: { readonly rules: RuleSets; readonly signal: AbortSignal | undefined },
): Promise<Finding[]> {
  if ('fault' in result || !('manifests' in result.rendered) || !hasSteps(sources)) return []
  // The second build is what they cost.
  const wanted = rules.builds.filter(({ name }) => !isOff(name, context.config.rules))
  if (wanted.length === 0) return []
  const { rendered } = result
  const build = async (): Promise<Finding[] | undefined> => {
    const checks = await buildChecks(context, overlay, rendered, signal)
    return checks.length === 0 ? undefined : checks.flatMap((input) => runRules(wanted, input))
  }
  // What rules of others depend on is not known.
  const isKept = wanted.every((rule) => RULES.builds.includes(rule))
  const names = wanted.map(({ name }) => name)
  const found = isKept ? await cachedFindings(context, overlay, rendered, names, build) : await build()
  return found ?? []
}

function assert({ config }: PipelineContext, documents: readonly AssertedDocument[]): Finding[] {
  return config.assertions.length === 0 ? [] : runAssertions(config.assertions, documents)
}

/** Assertions about jobs. */
export function checkJobs({ config }: PipelineContext, jobs: readonly EffectiveJob[]): Finding[] {
  const assertions = config.assertions.filter(({ over }) => over === 'jobs')
  return applyRuleSettings(runAssertions(assertions, jobDocuments(jobs)), config.rules)
}

function runAssertions(assertions: readonly Assertion[], documents: readonly AssertedDocument[]): Finding[] {
  return runExpression({ subject: 'the check of assert in overlay-render.yaml' }, () =>
    checkAssertions(assertions, documents),
  )
}

function holdsRoot({ graph }: OverlaySources, base: OverlaySources): boolean {
  return graph.roots.some(({ path }) => path === base.graph.root)
}

/** Findings of all overlays, each told once with the overlays that have it, and those of no overlay. */
export function groupFindings(
  found: readonly OverlayFindings[],
  others: readonly Finding[] = [],
): CheckFinding[] {
  return groupByOverlay([
    ...found.flatMap(({ overlay, findings }) => findings.map((finding) => ({ overlay, finding }))),
    ...others.map((finding) => ({ overlay: undefined, finding })),
  ])
}

async function checkScripts(
  context: PipelineContext,
  { overlay, configs }: OverlaySources,
  { rules, signal }: { readonly rules: RuleSets; readonly signal: AbortSignal | undefined },
): Promise<Finding[]> {
  const found: Finding[] = []
  for (const { script, ...input } of configs) {
    if (script === undefined) continue
    const check = { overlay: overlay.name, input: { ...input, script } }
    const subject = subjectOf(check.input)
    const paths = runExpression(subject, () => positionalPaths(check))
    const dated = { ...check, earlier: await findEarlier(check, paths, context, signal) }
    found.push(...runExpression(subject, () => runRules(rules.scripts, dated)))
  }
  return found
}
