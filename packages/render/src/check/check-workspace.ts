import {
  applyRuleSettings,
  type Assertion,
  type AssertedDocument,
  checkAssertions,
  isOff,
  runRules,
  RULES,
  type RuleSets,
} from '@overlay-render/check'
import type { Resource } from '@overlay-render/golden'
import type { EffectiveJob } from '@overlay-render/prow'
import { type Finding, once } from '@overlay-render/system'

import { cachedFindings } from '../cache/cached-findings.ts'
import { defaultJobs } from '../default-jobs.ts'
import { inPool } from '../in-pool.ts'
import type { PipelineContext, RenderOptions } from '../pipeline-context.ts'
import type { TracedRender } from '../pipeline.ts'
import { type RenderResult, requireMachine } from '../rendered.ts'
import { runExpression } from '../run-expression.ts'
import { buildCheck, hasSteps, traceRendered } from './build-checks.ts'
import { AskedPlaces } from './asked-places.ts'
import { jobDocuments, type PositionInJob, renderedDocuments } from './assertion-documents.ts'
import { clusterDefinitions } from './cluster-definitions.ts'
import { type CheckPreparation, prepareCheck } from './check-preparation.ts'
import { checkRender } from './check-render.ts'
import type { CheckScope } from './check-scope.ts'
import { checkSources, type OverlayFindings } from './check-sources.ts'
import { type KnownElsewhere, knownElsewhere } from './known-elsewhere.ts'
import type { OverlaySources } from './overlay-sources.ts'

export interface CheckOptions extends Pick<RenderOptions, 'signal' | 'onProgress' | 'jobs'> {
  /** Rules of the caller, which run besides the built-in ones. */
  readonly rules?: Partial<RuleSets> | undefined
  /** The names of the rules to run; all when absent. Findings of other rules may be left out. */
  readonly only?: ReadonlySet<string> | undefined
  /** Whether findings of a rule in an overlay are needed; all are when absent. Others may be left out. */
  readonly needs?: ((overlay: string, rule: string) => boolean) | undefined
  /** Whether the findings are only compared with those of another state, by `baselineKey`: an object's need no line then. */
  readonly compared?: boolean | undefined
  /** A git revision. Only findings that its merge base with the work tree lacks are reported. */
  readonly base?: string | undefined
}

/**
 * The findings in overlays that were rendered with stub secrets. For overlays that failed to render, their scripts and
 * kustomizations are checked all the same.
 *
 * @param prepared the preparation, if it was started while the overlays were rendered
 * @throws SystemFault if the machine failed, which says nothing about an overlay
 */
export async function checkResults(
  context: PipelineContext,
  results: readonly RenderResult[],
  { rules: more, only, needs = () => true, compared = false, jobs: wanted, signal }: CheckOptions = {},
  prepared?: Promise<CheckPreparation>,
  scope?: CheckScope,
): Promise<OverlayFindings[]> {
  requireMachine(results)
  const names = results.map(({ overlay }) => overlay)
  const preparation = await (prepared ?? prepareCheck(context, names, { rules: more, only, signal }))
  const { rules, sources } = preparation
  const known = knownElsewhere(context, results, preparation, scope?.factsOf)
  const jobs = Math.min(wanted ?? defaultJobs(), Math.max(results.length, 1))
  // Sorted: of two overlays that define a kind, the same one counts in every shard of a review.
  const defining = [...results, ...(scope?.definers ?? [])].sort((a, b) => (a.overlay < b.overlay ? -1 : 1))
  const shared = { context, defining, preparation, known, needs, compared, jobs, signal }
  const found = await inPool(results, jobs, async (result) => checkResult(result, shared))
  const ofSources = checkSources(context, {
    sources: [...sources.values()],
    prepared: preparation.ofSources,
    results,
    rules: rules.kustomizations,
    scope,
  })
  return [...found, ...ofSources].map(({ overlay, findings }) => ({
    overlay,
    findings: applyRuleSettings(findings, context.config.rules),
  }))
}

/** What the checks of all overlays share. */
interface SharedCheck {
  readonly context: PipelineContext
  /** Renders whose CustomResourceDefinitions count for the other overlays. */
  readonly defining: readonly RenderResult[]
  readonly preparation: CheckPreparation
  readonly known: KnownElsewhere
  readonly needs: NonNullable<CheckOptions['needs']>
  readonly compared: boolean
  /** How many overlays are checked at the same time. */
  readonly jobs: number
  readonly signal: AbortSignal | undefined
}

async function checkResult(result: RenderResult, shared: SharedCheck): Promise<OverlayFindings> {
  const { context, defining, preparation, known, needs } = shared
  const { rules, sources, ofScripts, api } = preparation
  const own = sources.get(result.overlay)
  if (own === undefined) return { overlay: result.overlay, findings: [] }
  const isBase = isBaseOfOther(own, sources)
  const definitions = clusterDefinitions(result.overlay, defining, context.config.prow.overlays)
  const trace = once(async () => traceResult(result, own, shared))
  const builds = isBase ? [] : await checkBuild(context, result, own, { rules, needs, trace })
  const asked = new AskedPlaces(own, resourcesOf(result))
  const rendered = isBase ? [] : await checkRender(result, asked.sources, { known, api, definitions }, rules)
  const asserted = 'fault' in result ? [] : assert(context, renderedDocuments(result.rendered, asked.sources))
  const found = [...rendered, ...asserted]
  const isKnownByObject = shared.compared && found.every(({ object }) => object !== undefined)
  const ofObjects = isKnownByObject ? found : await asked.placed(found, result, own, context, trace)
  return {
    overlay: result.overlay,
    findings: [...(ofScripts.get(result.overlay) ?? []), ...builds, ...ofObjects],
  }
}

function resourcesOf(result: RenderResult): readonly Resource[] {
  return 'rendered' in result && 'resources' in result.rendered ? result.rendered.resources : []
}

type Trace = () => Promise<TracedRender | undefined>

/** Builds an overlay again to trace its steps. Undefined for an overlay without steps that a rule checks. */
async function traceResult(
  result: RenderResult,
  { overlay, ...sources }: OverlaySources,
  { context, jobs, signal }: SharedCheck,
): Promise<TracedRender | undefined> {
  if ('fault' in result || !('manifests' in result.rendered) || !hasSteps(sources)) return undefined
  return traceRendered(context, overlay, result.rendered, { jobs, signal })
}

/** Findings about the steps of a build, which is run again for them. */
async function checkBuild(
  context: PipelineContext,
  result: RenderResult,
  { overlay, ...sources }: OverlaySources,
  { rules, needs, trace }: Pick<SharedCheck, 'needs'> & { readonly rules: RuleSets; readonly trace: Trace },
): Promise<Finding[]> {
  if ('fault' in result || !('manifests' in result.rendered) || !hasSteps(sources)) return []
  // The second build is expensive, so it is skipped when all its rules are off.
  const wanted = rules.builds.filter(
    ({ name }) => !isOff(name, context.config.rules) && needs(overlay.name, name),
  )
  if (wanted.length === 0) return []
  const build = async (): Promise<Finding[] | undefined> => {
    const traced = await trace()
    const check = traced && buildCheck(context, overlay, traced)
    return check && runRules(wanted, check)
  }
  // It is unknown what the caller's rules depend on, so their findings are not cached.
  const isKept = wanted.every((rule) => RULES.builds.includes(rule))
  const names = wanted.map(({ name }) => name)
  const found = isKept ? await cachedFindings(context, overlay, result.rendered, names, build) : await build()
  return found ?? []
}

function assert({ config }: PipelineContext, documents: readonly AssertedDocument[]): Finding[] {
  return config.assertions.length === 0 ? [] : runAssertions(config.assertions, documents)
}

/** The findings of assertions about jobs, with the severities of `rules`. */
export function checkJobs(
  { config }: PipelineContext,
  jobs: readonly EffectiveJob[],
  positionOf: PositionInJob,
): Finding[] {
  const assertions = config.assertions.filter(({ over }) => over === 'jobs')
  return applyRuleSettings(runAssertions(assertions, jobDocuments(jobs, positionOf)), config.rules)
}

function runAssertions(assertions: readonly Assertion[], documents: readonly AssertedDocument[]): Finding[] {
  return runExpression({ subject: 'the check of assert in overlay-render.yaml' }, () =>
    checkAssertions(assertions, documents),
  )
}

/** Whether another overlay uses this one as a base. Such a base is not deployed alone, so the other overlay may add what it lacks. */
export function isBaseOfOther(own: OverlaySources, sources: CheckPreparation['sources']): boolean {
  return [...sources.values()].some((other) => other !== own && holdsRoot(other, own))
}

function holdsRoot({ graph }: OverlaySources, base: OverlaySources): boolean {
  return graph.roots.some(({ path }) => path === base.graph.root)
}
