import type { ObjectFinding } from '@overlay-render/cluster'
import type { ResourceId } from '@overlay-render/golden'
import { Fault, type Position } from '@overlay-render/system'

import type { Explain, Explanation } from '../explain/explanation.ts'
import type { CallOptions } from '../progress.ts'
import type { ClusterSteps } from './cluster-steps.ts'

/** Moves findings about rendered objects to their positions in the user's files. */
export async function atSource(
  steps: ClusterSteps,
  overlay: string,
  findings: readonly ObjectFinding[],
  options: CallOptions,
): Promise<ObjectFinding[]> {
  if (!findings.some(({ id }) => id !== undefined)) return [...findings]
  const explain = await steps.explainer(overlay, options)
  return findings.map((finding) =>
    finding.id === undefined
      ? finding
      : { ...finding, position: locate(explain, finding.id, finding.path) ?? finding.position },
  )
}

/** The position of a field, else of the nearest field around it, else of the object. */
function locate(explain: Explain, id: ResourceId, path: string | undefined): Position | undefined {
  for (const place of path === undefined ? [undefined] : [...outward(path), undefined]) {
    const position = placeOf(ask(explain, id, place), place !== undefined)
    if (position !== undefined) return position
  }
  return undefined
}

/** A path and its parent paths: a missing field is reported at the map that should have it. */
function* outward(path: string): Generator<string> {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['), 0))) {
    yield `.${at}`
  }
}

function ask(
  explain: Explain,
  { kind, namespace, name }: ResourceId,
  path: string | undefined,
): Explanation | undefined {
  try {
    return explain([kind, namespace, name].filter(Boolean).join('/'), path, 1)
  } catch (error) {
    // The name of a secret with another hash than that of its stub, or a path that the manifest lacks.
    if (error instanceof Fault) return undefined
    throw error
  }
}

function placeOf(explanation: Explanation | undefined, ofValue: boolean): Position | undefined {
  if (ofValue) return explanation?.values[0]?.steps.at(-1)?.position
  const [first] = explanation?.steps ?? []
  return first?.file ?? first?.position
}
