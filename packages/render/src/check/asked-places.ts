import { formatId, type ResourceId } from '@overlay-render/golden'
import type { FieldPath } from '@overlay-render/kustomize'
import type { Finding, Position } from '@overlay-render/system'

import { patchedAt } from '../explain/explain-overlay.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { TracedRender } from '../pipeline.ts'
import type { OverlaySources } from './overlay-sources.ts'

interface Asked {
  readonly id: ResourceId
  readonly place: FieldPath
}

/** Records the fields whose positions the rules asked for, so that a finding about a field that a patch set can point to the patch. */
export class AskedPlaces {
  readonly #asked = new Map<Position, Asked>()
  readonly sources: OverlaySources

  constructor(sources: OverlaySources) {
    const sourceOf: OverlaySources['sourceOf'] = (id, place, nth) => {
      const found = sources.sourceOf(id, place, nth)
      if (found === undefined || place === undefined) return found
      const position = { ...found }
      this.#asked.set(position, { id, place })
      return position
    }
    this.sources = { ...sources, sourceOf }
  }

  /**
   * Moves findings about a field that a patch set to that patch. Nothing is traced when no finding is about a field.
   *
   * @param trace builds the overlay again; undefined when that build gives other manifests
   */
  async placed(
    findings: readonly Finding[],
    { overlay }: OverlaySources,
    { shown }: PipelineContext,
    trace: () => Promise<TracedRender | undefined>,
  ): Promise<Finding[]> {
    const isAsked = ({ position }: Finding): boolean => position !== undefined && this.#asked.has(position)
    const render = findings.some(isAsked) ? await trace() : undefined
    if (render === undefined) return [...findings]
    return findings.map((finding) => {
      const asked = finding.position === undefined ? undefined : this.#asked.get(finding.position)
      const resource = render.rendered.resources.find(({ id }) => asked !== undefined && isSame(id, asked.id))
      if (asked === undefined || resource === undefined) return finding
      const position = patchedAt(render, resource, asked.place, { folder: overlay.folder, shown })
      return position === undefined ? finding : { ...finding, position }
    })
  }
}

function isSame(a: ResourceId, b: ResourceId): boolean {
  return a.apiVersion === b.apiVersion && formatId(a) === formatId(b)
}
