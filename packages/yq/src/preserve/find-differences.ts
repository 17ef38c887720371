import type { Node } from '../tree/node.ts'
import { printsSameComments, hasSameData } from './same-node.ts'

export interface Difference {
  /** From the root of the wanted tree to the node that differs. */
  readonly path: readonly Node[]
  /** Whether more than a comment differs. */
  readonly isData: boolean
}

/** The largest number of differences to find, because each causes a part to be reprinted. */
const MAX_DIFFERENCES = 100

interface Step {
  readonly found: Node
  readonly wanted: Node
  readonly above: Step | undefined
}

/** The differences between the tree that was read and the wanted one, without descending into differences. */
export function findDifferences(found: Node, wanted: Node): Difference[] {
  const differences: Difference[] = []
  const open: Step[] = [{ found, wanted, above: undefined }]
  for (let step = open.pop(); step !== undefined && differences.length < MAX_DIFFERENCES; step = open.pop()) {
    if (!hasSameData(step.found, step.wanted)) {
      differences.push({ path: pathTo(step), isData: true })
      continue
    }
    if (!printsSameComments(step.found, step.wanted)) differences.push({ path: pathTo(step), isData: false })
    for (const [index, child] of step.found.content.entries()) {
      const wantedChild = step.wanted.content[index]
      if (wantedChild !== undefined) open.push({ found: child, wanted: wantedChild, above: step })
    }
  }
  return differences
}

function pathTo(step: Step): Node[] {
  const path: Node[] = []
  for (let at: Step | undefined = step; at !== undefined; at = at.above) path.push(at.wanted)
  return path.toReversed()
}
