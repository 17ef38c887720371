import { parseNotation } from '../go/integers.ts'
import type { DocumentInfo, Node } from './node.ts'

/** The root of a node's tree. */
export function rootOf(node: Node): Node {
  let root = node
  while (root.parent !== undefined) root = root.parent
  return root
}

/** The document of a node; undefined for nodes created by an expression. */
export function documentOf(node: Node): DocumentInfo | undefined {
  return rootOf(node).document
}

/** The text of a key, or an integer: an index, or a key that is an int64. Beyond 2^53 it is a bigint. */
export type Step = string | number | bigint

/**
 * Keys and indices from the root to `node`, as in yq's `path`: a key is a string, an index a number. An integer key is a
 * number up to 2^53, and a string of its digits beyond.
 */
export function pathOf(node: Node): (string | number)[] {
  return stepsTo(node).map((step) => (typeof step === 'bigint' ? String(step) : step))
}

/** The path to a node, with exact integers. */
export function stepsTo(node: Node): Step[] {
  const steps: Step[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const step = stepTo(at)
    if (step === undefined) break
    steps.push(step)
  }
  return steps.toReversed()
}

/** The last step of a node's path; undefined for a root. */
export function stepTo(node: Node): Step | undefined {
  if (node.isMapKey) return node.value
  const key = node.key
  if (key === undefined) return undefined
  return key.tag === '!!str' ? key.value : (integerOf(key.value) ?? key.value)
}

const SHORT_DECIMAL = /^\d{1,15}$/

/** yq reads every key that is not a string as an integer if possible, including `0x1F`, `0o17` and `1_000`. */
function integerOf(text: string): number | bigint | undefined {
  if (SHORT_DECIMAL.test(text)) return Number(text)
  const parsed = parseNotation(text)
  if (!parsed.ok) return undefined
  const number = Number(parsed.value)
  return Number.isSafeInteger(number) ? number : parsed.value
}
