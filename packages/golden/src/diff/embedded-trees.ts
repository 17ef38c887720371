import { looksLikeFile, parseFile } from '../resources/embedded-file.ts'
import { isMap, member, setMember, type Value, type ValueMap } from '../resources/value.ts'
import { topLevelParts } from './top-level-parts.ts'

export interface Trees {
  readonly before: Value
  readonly after: Value
}

/**
 * The trees of two texts when both are YAML or JSON files; undefined when either is not. What is the same text in
 * both may be missing in the trees, unless they are wanted whole.
 */
export function embeddedTrees(before: string, after: string, whole: boolean): Trees | undefined {
  if (!looksLikeFile(before) || !looksLikeFile(after)) return undefined
  const parts = whole ? undefined : differingParts(before, after)
  if (parts !== undefined) return parts
  const old = parseFile(before)
  if (old === undefined) return undefined
  const fresh = parseFile(after)
  return fresh === undefined ? undefined : { before: old, after: fresh }
}

/**
 * Parses only the top-level keys of two block-style files whose text differs: one changed line of Prow's
 * configuration costs a fraction of parsing all of it twice. Undefined when the parts cannot be told apart by
 * their text, or depend on each other through anchors.
 */
function differingParts(before: string, after: string): Trees | undefined {
  const old = topLevelParts(before)
  const fresh = old === undefined ? undefined : topLevelParts(after)
  if (old === undefined || fresh === undefined) return undefined
  const trees = { before: {}, after: {} }
  const same: string[] = []
  const differing: string[] = []
  for (const key of new Set([...old.keys(), ...fresh.keys()])) {
    const a = old.get(key)
    const b = fresh.get(key)
    if (a === b) {
      same.push(a ?? '')
      continue
    }
    if (!addPart(trees.before, key, a) || !addPart(trees.after, key, b)) return undefined
    differing.push(a ?? '', b ?? '')
  }
  return sharesAnchors(differing, same) ? undefined : trees
}

/** Parses one part into the tree; whether it is a map of that key alone, understood without the other parts. */
function addPart(tree: ValueMap, key: string, text: string | undefined): boolean {
  if (text === undefined) return true
  const part = parseFile(text)
  const value = member(part, key)
  if (!isMap(part) || value === undefined || Object.keys(part).length !== 1) return false
  setMember(tree, key, value)
  return true
}

const ANCHOR = /&([^\s,[\]{}]+)/gu

/** Whether a part that stayed may show a value that another part defines: its text stays when that value changes. */
function sharesAnchors(differing: readonly string[], same: readonly string[]): boolean {
  const names = new Set(
    differing.flatMap((text) => Array.from(text.matchAll(ANCHOR), ([, name = '']) => name)),
  )
  return [...names].some((name) => same.some((text) => text.includes(`*${name}`)))
}
