import type { Entry, Value } from './value.ts'

/** A key and its value, as nodes of a YAML reader; undefined where the value is missing. */
export type NodePair<Node> = readonly [key: Node, value: Node | undefined]

/** What is asked of the nodes of a YAML reader. */
export interface NodeReader<Node> {
  valueOf(node: Node): Value
  /** Whether a key is a plain `<<`. */
  isMergeKey(key: Node): boolean
  /** The maps that the value of a merge key names: one, or those of a list. */
  mapsOf(value: Node | undefined): readonly (readonly NodePair<Node>[])[]
}

/** The largest number of entries of a map after merging. (go-yaml rejects aliases that expand too far.) */
const MAX_ENTRIES = 100_000

/**
 * The entries of a map with merge keys applied in order, so that later ones win. As in go-yaml, the first map of a merged list is set
 * last, and the last of duplicate keys counts.
 */
export function mergeEntries<Node>(pairs: readonly NodePair<Node>[], reader: NodeReader<Node>): Entry[] {
  const merged = new Map<string, Entry>()
  const written = new Map<string, number>()
  const pending = pairs.toReversed()
  let count = 0
  let own = pairs.length
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const isOwn = pending.length < own
    if (isOwn) own = pending.length
    if (++count > MAX_ENTRIES) break
    const [keyNode, valueNode] = pair
    if (reader.isMergeKey(keyNode)) {
      // The last one is taken first.
      pending.push(...reader.mapsOf(valueNode).flatMap((map) => map.toReversed()))
      continue
    }
    const key = reader.valueOf(keyNode)
    if (key.kind === 'map' || key.kind === 'list') continue
    const first = isOwn ? written.get(key.text) : undefined
    if (isOwn && first === undefined) written.set(key.text, key.at)
    const value: Value =
      valueNode === undefined ? { kind: 'null', at: key.at, text: '' } : reader.valueOf(valueNode)
    merged.set(key.text, {
      key: key.text,
      at: key.at,
      value,
      ...(first === undefined ? {} : { repeats: first }),
    })
  }
  return [...merged.values()]
}
