import {
  applyRuleSettings,
  type Assertion,
  type AssertedDocument,
  checkAssertions,
  type CheckFinding,
  configUpdaterObjects,
  groupByOverlay,
  type ManifestCheck,
  positionalPaths,
  type ProvidedObject,
  runRules,
  type RuleSets,
  withRules,
} from '@overlay-render/check'
import { entriesOfField } from '@overlay-render/golden'
import type { EffectiveJob } from '@overlay-render/prow'
import { Fault, type Finding } from '@overlay-render/system'

import { subjectOf } from '../config-step.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext, RenderOptions } from '../pipeline.ts'
import type { Rendered, RenderedConfigs, RenderResult } from '../rendered.ts'
import { runExpression } from '../run-expression.ts'
import { apiOfPin } from './api-of-pin.ts'
import { buildChecks, hasSteps } from './build-checks.ts'
import { jobDocuments, renderedDocuments } from './assertion-documents.ts'
import { clusterDefinitions } from './cluster-definitions.ts'
import { checkSources, type OverlayFindings } from './check-sources.ts'
import { requireKnownRules } from './known-rules.ts'
import { listFiles } from './list-files.ts'
import { type OverlaySources, readOverlaySources } from './overlay-sources.ts'
import { findEarlier } from './script-history.ts'

export interface CheckOptions extends Pick<RenderOptions, 'signal' | 'onProgress' | 'jobs'> {
  /** Rules of others, which run beside those of this project. */
  readonly rules?: Partial<RuleSets> | undefined
  /** A git revision: only what is not found where the work tree left it is told. */
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
  const provides = [
    ...context.config.provides,
    ...results.flatMap(configsOfUpdater),
    ...(await configsOfPlugins(context, signal)),
  ]
  const api = await apiOfPin(context, signal)
  const found: OverlayFindings[] = []
  for (const result of results) {
    const own = sources.get(result.overlay)
    if (own === undefined) continue
    // The base of another overlay is not deployed alone, and what it lacks may be there.
    const isBase = [...sources.values()].some((other) => other !== own && holdsRoot(other, own))
    const definitions = clusterDefinitions(result.overlay, results, context.config.prow.overlays)
    const rendered = isBase ? [] : checkRender(result, own, { provides, api, definitions }, rules)
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
  if ('fault' in result || !isBuilt(result.rendered) || !hasSteps(sources)) return []
  const checks = await buildChecks(context, overlay, result.rendered, signal)
  return checks.flatMap((input) => runRules(rules.builds, input))
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

/** The ConfigMaps that Prow makes, by the plugins files that the workspace keeps, whoever deploys them. */
async function configsOfPlugins(
  { visible, workspace }: PipelineContext,
  signal?: AbortSignal,
): Promise<ProvidedObject[]> {
  const view = await visible.view('stub', signal)
  return listFiles(view, workspace)
    .filter((path) => /(?:^|\/)_?plugins?\.ya?ml$/u.test(path))
    .flatMap((path) => configUpdaterObjects(Buffer.from(view.readFile(path)).toString()))
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
    const lines = runExpression(subject, () => positionalPaths(check).map(({ line }) => line))
    const dated = { ...check, earlier: await findEarlier(check, new Set(lines), context, signal) }
    found.push(...runExpression(subject, () => runRules(rules.scripts, dated)))
  }
  return found
}

function checkRender(
  result: RenderResult,
  sources: OverlaySources,
  facts: Pick<ManifestCheck, 'provides' | 'api' | 'definitions'>,
  rules: RuleSets,
): Finding[] {
  if ('fault' in result) return [notRendered(result.fault, sources.overlay)]
  const { rendered } = result
  if (!isBuilt(rendered)) return [...rendered.warnings]
  try {
    const manifests = runRules(rules.manifests, {
      overlay: result.overlay,
      manifests: rendered.objects,
      resources: rendered.resources,
      ...facts,
      sourceOf: sources.sourceOf,
    })
    return [...rendered.warnings, ...manifests]
  } catch (error) {
    // What was built may hold what is no object.
    if (!(error instanceof Fault)) throw error
    return [...rendered.warnings, notRendered(error, sources.overlay)]
  }
}

function isBuilt(rendered: Rendered | RenderedConfigs): rendered is Rendered {
  return 'manifests' in rendered
}

function notRendered({ code, sentence, position, hint, details }: Fault, { name }: Overlay): Finding {
  const [detail] = details
  return {
    rule: 'not-rendered',
    severity: 'error',
    message: `the overlay ${name} cannot be rendered: ${sentence}${detail === undefined ? '' : ` (${detail})`}`,
    object: `${name} ${code}`,
    position,
    hint,
  }
}

/** The ConfigMaps that Prow makes of files in git, by the plugins.yaml that an overlay embeds or patches. */
function configsOfUpdater(result: RenderResult): ProvidedObject[] {
  if ('fault' in result) return []
  const { rendered } = result
  const texts = new Set(rendered.configs.map(({ bytes }) => Buffer.from(bytes).toString()))
  if (isBuilt(rendered) && Buffer.from(rendered.manifests).includes('config_updater:')) {
    for (const { id, value } of rendered.resources) {
      if (id.kind !== 'ConfigMap') continue
      for (const [, text] of entriesOfField(value, 'data')) if (typeof text === 'string') texts.add(text)
    }
  }
  return [...texts].flatMap(configUpdaterObjects)
}
