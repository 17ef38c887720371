import type { AssertedDocument } from '@overlay-render/check'
import { formatId } from '@overlay-render/golden'
import type { EffectiveJob } from '@overlay-render/prow'
import { once, type Position } from '@overlay-render/system'
import { Node, readDocuments } from '@overlay-render/yq'

import type { Rendered, RenderedConfig, RenderedConfigs } from '../rendered.ts'
import type { OverlaySources } from './overlay-sources.ts'

/** The configs and manifests of a render that assertions are evaluated on. */
export function renderedDocuments(
  rendered: Rendered | RenderedConfigs,
  { sourceOf, configs }: OverlaySources,
): AssertedDocument[] {
  const ofConfigs = rendered.configs.map((config) => configDocument(config, configs))
  if (!('manifests' in rendered)) return ofConfigs
  const ofManifests = rendered.resources.map(({ id, text }): AssertedDocument => ({
    over: 'manifests',
    object: formatId(id),
    root: once(() => firstDocument(text)),
    positionOf: (place) => sourceOf(id, place),
  }))
  return [...ofConfigs, ...ofManifests]
}

/** The position in the user's files of a field of an effective job. */
export type PositionInJob = (job: EffectiveJob, place: readonly (string | number)[]) => Position

/** The effective jobs, as Prow runs them, for assertions. */
export function jobDocuments(jobs: readonly EffectiveJob[], positionOf: PositionInJob): AssertedDocument[] {
  return jobs.map((each) => {
    const { type, name, repo, job } = each
    return {
      over: 'jobs',
      object: repo === undefined ? `${type} ${name}` : `${type} ${name} of ${repo}`,
      root: once(() => firstDocument(JSON.stringify(job))),
      positionOf: (place) => positionOf(each, place),
    }
  })
}

/** A value of a config has the position of the script line that set it, else its position in the base. */
function configDocument(config: RenderedConfig, inputs: OverlaySources['configs']): AssertedDocument {
  const { path, bytes, changes } = config
  const base = inputs.find((input) => input.path === path)?.base
  const baseRoot = once(() => firstDocument(base === undefined ? '' : Buffer.from(base.bytes).toString()))
  const positionOf = (place: readonly (string | number)[]): Position | undefined => {
    const change = changes.findLast(({ path: changed }) =>
      changed.every((step, index) => String(step) === String(place[index])),
    )
    if (change !== undefined) return change.position
    const node = nodeAt(baseRoot(), place)
    return base === undefined
      ? undefined
      : { file: base.file, line: Math.max(node.line, 1), column: Math.max(node.column, 1) }
  }
  return {
    over: 'configs',
    object: path,
    root: once(() => firstDocument(Buffer.from(bytes).toString())),
    positionOf,
  }
}

/** The node at a path, or the nearest existing node above it. */
function nodeAt(root: Node, path: readonly (string | number)[]): Node {
  let node = root
  for (const step of path) {
    const index =
      node.kind === 'mapping'
        ? node.content.findIndex((key, place) => place % 2 === 0 && key.value === String(step)) + 1
        : Number(step)
    const next = node.kind === 'mapping' && index === 0 ? undefined : node.content[index]
    if (next === undefined) break
    node = next
  }
  return node
}

function firstDocument(text: string): Node {
  return readDocuments(text)[0] ?? new Node('scalar', '!!null')
}
