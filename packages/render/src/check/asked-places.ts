import { formatId, type Resource, type ResourceId } from '@overlay-render/golden'
import type { FieldPath, SourcePath } from '@overlay-render/kustomize'
import { type Finding, once, type Position } from '@overlay-render/system'

import { cachedFindings } from '../cache/cached-findings.ts'
import { patchedAt } from '../explain/explain-overlay.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { TracedRender } from '../pipeline.ts'
import type { RenderResult } from '../rendered.ts'
import { inSources } from './in-sources.ts'
import type { OverlaySources } from './overlay-sources.ts'

interface Asked {
  readonly id: ResourceId
  /** Indices are those of the output. */
  readonly place: FieldPath
}

/**
 * Records the fields whose positions the rules asked for and whose text the sources do not have, so that a finding about a field that a
 * patch set can point to the patch.
 */
export class AskedPlaces {
  readonly #asked = new Map<Position, Asked>()
  readonly sources: OverlaySources

  constructor(sources: OverlaySources, resources: readonly Resource[]) {
    const byId = once(() => new Map(resources.map((resource) => [keyOf(resource.id), resource])))
    const sourceOf: OverlaySources['sourceOf'] = (id, asked, nth) => {
      if (asked === undefined) return sources.sourceOf(id, undefined, nth)
      const value = byId().get(keyOf(id))?.value
      const { place, text } =
        value === undefined ? { place: asked, text: undefined } : inSources(value, asked)
      const written = text === undefined ? undefined : sources.sourceOf(id, place, nth, text)
      const found = written ?? sources.sourceOf(id, place, nth)
      if (found === undefined || written !== undefined) return found
      const position = { ...found }
      this.#asked.set(position, { id, place: inOutput(asked) })
      return position
    }
    this.sources = { ...sources, sourceOf }
  }

  /**
   * Moves findings about a field that a patch set to that patch. Nothing is traced when no finding is about a field, or when an earlier
   * run with the same render and findings did it.
   *
   * @param rendered what the findings are about
   * @param trace builds the overlay again; undefined when that build gives other manifests
   */
  async placed(
    findings: readonly Finding[],
    rendered: RenderResult,
    { overlay }: OverlaySources,
    context: PipelineContext,
    trace: () => Promise<TracedRender | undefined>,
  ): Promise<Finding[]> {
    if (!findings.some((finding) => this.#askedOf(finding) !== undefined)) return [...findings]
    const place = async (): Promise<Finding[] | undefined> => {
      const render = await trace()
      return render && this.#placedIn(render, findings, overlay.folder, context)
    }
    const build = 'rendered' in rendered && 'manifests' in rendered.rendered ? rendered.rendered : undefined
    const asked = JSON.stringify(findings.map((finding) => [finding, this.#askedOf(finding)]))
    const placed = await (build === undefined
      ? place()
      : cachedFindings(context, overlay, build, ['at patches', asked], place))
    return placed ?? [...findings]
  }

  #askedOf({ position }: Finding): Asked | undefined {
    return position === undefined ? undefined : this.#asked.get(position)
  }

  #placedIn(
    render: TracedRender,
    findings: readonly Finding[],
    folder: string,
    { shown }: PipelineContext,
  ): Finding[] {
    return findings.map((finding) => {
      const asked = this.#askedOf(finding)
      const resource = render.rendered.resources.find(({ id }) => asked !== undefined && isSame(id, asked.id))
      if (asked === undefined || resource === undefined) return finding
      const position = patchedAt(render, resource, asked.place, { folder, shown })
      return position === undefined ? finding : { ...finding, position }
    })
  }
}

function inOutput(place: SourcePath): FieldPath {
  return place.map((step) => (typeof step === 'object' ? step.index : step))
}

function keyOf(id: ResourceId): string {
  return `${id.apiVersion} ${formatId(id)}`
}

function isSame(a: ResourceId, b: ResourceId): boolean {
  return keyOf(a) === keyOf(b)
}
