import { setImmediate as nextTurn } from 'node:timers/promises'

import { onlyRules, positionalPaths, runRules, type RuleSets, withRules } from '@overlay-render/check'
import type { ApiDocument } from '@overlay-render/kustomize'
import type { Finding } from '@overlay-render/system'

import { subjectOf } from '../config-subject.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import { runExpression } from '../run-expression.ts'
import { apiOfPin } from './api-of-pin.ts'
import { configsOfPlugins, type ConfigsOfPlugins } from './configs-of-plugins.ts'
import { requireKnownRules } from './known-rules.ts'
import { type OverlaySources, readOverlaySources } from './overlay-sources.ts'
import { type PreparedSources, prepareSources } from './prepare-sources.ts'
import { findEarlier } from './script-history.ts'

/** What a check knows and finds before any render. */
export interface CheckPreparation {
  readonly rules: RuleSets
  /** By overlay name, for every overlay of the workspace. */
  readonly sources: ReadonlyMap<string, OverlaySources>
  /** The findings in patch scripts, by overlay name. */
  readonly ofScripts: ReadonlyMap<string, readonly Finding[]>
  readonly ofSources: PreparedSources
  /** The ConfigMaps that Prow's updateconfig plugin creates, by the plugins files of the tree. */
  readonly ofPlugins: ConfigsOfPlugins
  readonly api: ApiDocument | undefined
}

export interface PreparationOptions {
  /** Rules of the caller, which run besides the built-in ones. */
  readonly rules?: Partial<RuleSets> | undefined
  /** The names of the rules to run; all when absent. */
  readonly only?: ReadonlySet<string> | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Does the part of a check that needs no render, so that it can run while kustomize runs.
 *
 * @param names the overlays that are checked
 */
export async function prepareCheck(
  context: PipelineContext,
  names: readonly string[],
  { rules: more = {}, only, signal }: PreparationOptions,
): Promise<CheckPreparation> {
  const all = withRules(more)
  await requireKnownRules(context.config, all)
  const rules = only === undefined ? all : onlyRules(all, only)
  const sources = new Map<string, OverlaySources>()
  for (const overlay of context.overlays) {
    // Gives the event loop a turn: the output of a running kustomize has to be read.
    await nextTurn()
    sources.set(overlay.name, await readOverlaySources(context, overlay, signal))
  }
  const call = { rules, signal }
  // Some of them run git; all run at the same time.
  const [ofSources, ofScripts, ofPlugins, api] = await Promise.all([
    prepareSources(context, [...sources.values()], { rules: rules.kustomizations, signal }),
    checkScripts(context, sources, names, call),
    configsOfPlugins(context, signal),
    apiOfPin(context, signal),
  ])
  for (const name of new Set(names)) {
    await nextTurn()
    // Most checks find something, and its position is in these files.
    sources.get(name)?.objects?.readFiles()
  }
  return { rules, sources, ofScripts, ofSources, ofPlugins, api }
}

interface ScriptCall {
  readonly rules: RuleSets
  readonly signal: AbortSignal | undefined
}

async function checkScripts(
  context: PipelineContext,
  sources: ReadonlyMap<string, OverlaySources>,
  names: Iterable<string>,
  call: ScriptCall,
): Promise<Map<string, readonly Finding[]>> {
  const found = new Map<string, readonly Finding[]>()
  for (const name of new Set(names)) {
    const own = sources.get(name)
    if (own !== undefined) found.set(name, await checkScriptsOf(context, own, call))
  }
  return found
}

async function checkScriptsOf(
  context: PipelineContext,
  { overlay, configs }: OverlaySources,
  { rules, signal }: ScriptCall,
): Promise<Finding[]> {
  // Every script rule looks up the commit that wrote a path, which is slow.
  if (rules.scripts.length === 0) return []
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
