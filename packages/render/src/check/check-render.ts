import { posix } from 'node:path'

import { type ManifestCheck, runRules, type RuleSets } from '@overlay-render/check'
import { Fault, type Finding } from '@overlay-render/system'

import type { RenderResult } from '../rendered.ts'
import type { KnownElsewhere } from './known-elsewhere.ts'
import type { OverlaySources } from './overlay-sources.ts'

/** What the rules about manifests know besides the manifests. */
export interface ManifestFacts extends Pick<ManifestCheck, 'api' | 'definitions'> {
  readonly known: KnownElsewhere
}

/** The findings in the manifests of an overlay; a single one when it does not render. */
export async function checkRender(
  result: RenderResult,
  sources: OverlaySources,
  { known, ...facts }: ManifestFacts,
  rules: RuleSets,
): Promise<Finding[]> {
  const { provides } = known
  const found = checkManifests(result, sources, { ...facts, provides }, rules)
  if (!found.some(({ rule }) => rule === 'dangling-reference')) return found
  const created = await known.created()
  if (created.length === 0) return found
  return checkManifests(result, sources, { ...facts, provides: [...provides, ...created] }, rules)
}

function checkManifests(
  result: RenderResult,
  sources: OverlaySources,
  facts: Pick<ManifestCheck, 'provides' | 'api' | 'definitions'>,
  rules: RuleSets,
): Finding[] {
  if ('fault' in result) return [notRendered(result.fault, sources)]
  const { rendered } = result
  if (!('manifests' in rendered)) return [...rendered.warnings]
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
    // kustomize may print a document that is no Kubernetes object.
    if (!(error instanceof Fault)) throw error
    return [...rendered.warnings, notRendered(error, sources)]
  }
}

function notRendered(fault: Fault, { overlay: { name, path, layout }, graph }: OverlaySources): Finding {
  const { code, sentence, position, related, hint, details } = fault
  const [detail] = details
  // The kustomization of the overlay, also where it is missing.
  const missing = layout.kind === 'folder' ? path : posix.join(path, 'kustomization.yaml')
  const own = graph.files.find(({ role }) => role === 'kustomization')?.shown ?? missing
  return {
    rule: 'not-rendered',
    severity: 'error',
    message: `the overlay ${name} cannot be rendered: ${sentence}${detail === undefined ? '' : ` (${detail})`}`,
    object: `${name} ${code}`,
    position: position ?? related[0] ?? { file: own, line: 1, column: 1 },
    hint,
  }
}
