import { isDeepStrictEqual } from 'node:util'

import type { ProvidedObject } from '@overlay-render/check'

import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import type { CheckPreparation } from './check-preparation.ts'
import { isBaseOfOther } from './check-workspace.ts'
import { knownElsewhere } from './known-elsewhere.ts'

/** What the findings in an overlay depend on besides its own render and sources. */
export interface SharedFacts {
  readonly settings: Pick<PipelineContext['config'], 'rules' | 'assertions' | 'prow'>
  /** Objects that exist in the cluster without being in any render. */
  readonly provides: readonly ProvidedObject[]
  /** The texts of CustomResourceDefinitions of the rendered overlays. */
  readonly definitions: readonly string[]
  /** The names of overlays that another overlay uses as a base. */
  readonly bases: readonly string[]
}

/** Reads the facts that the findings of all overlays share. */
export async function readSharedFacts(
  context: PipelineContext,
  results: readonly RenderResult[],
  preparation: CheckPreparation,
): Promise<SharedFacts> {
  const { rules, assertions, prow } = context.config
  const known = knownElsewhere(context, results, preparation)
  const sources = [...preparation.sources.values()]
  return {
    settings: { rules, assertions, prow },
    provides: [...known.provides, ...(await known.created())],
    definitions: results.flatMap(definitionsOf),
    bases: sources
      .filter((own) => isBaseOfOther(own, preparation.sources))
      .map(({ overlay }) => overlay.name),
  }
}

function definitionsOf(result: RenderResult): string[] {
  if ('fault' in result || !('resources' in result.rendered)) return []
  return result.rendered.resources
    .filter(({ id }) => id.kind === 'CustomResourceDefinition')
    .map(({ text }) => text)
}

/** Whether an overlay whose render does not change may get a new finding from changed facts. */
export function mayBringFindings(was: SharedFacts, is: SharedFacts): boolean {
  const kept = new Set(is.provides.map((object) => JSON.stringify(object)))
  return (
    was.provides.some((object) => !kept.has(JSON.stringify(object))) ||
    was.bases.some((name) => !is.bases.includes(name)) ||
    !isDeepStrictEqual([was.settings, was.definitions], [is.settings, is.definitions])
  )
}
