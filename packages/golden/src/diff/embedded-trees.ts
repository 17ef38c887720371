import { looksLikeFile, parseFile } from '../resources/embedded-file.ts'
import { isMap, member, setMember, type Value, type ValueMap } from '../resources/value.ts'
import { topLevelParts } from './top-level-parts.ts'

export interface Trees {
  readonly before: Value
  readonly after: Value
}

/**
 * Parses two strings if both are YAML or JSON files; undefined otherwise. Unless `whole`, parts with the same text in
 * both may be left out.
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
 * Parses only the top-level keys whose text differs, in two block-style files: for one changed line of Prow's
 * configuration that is far cheaper than parsing both files. Undefined when the text cannot be split into top-level
 * keys, or when anchors connect the parts.
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

/** Adds one parsed part to the tree. False when it is not a map with exactly that key. */
function addPart(tree: ValueMap, key: string, text: string | undefined): boolean {
  if (text === undefined) return true
  const part = parseFile(text)
  const value = member(part, key)
  if (!isMap(part) || value === undefined || Object.keys(part).length !== 1) return false
  setMember(tree, key, value)
  return true
}

const ANCHOR = /&([^\s,[\]{}]+)/gu

/** Whether an unchanged part has an alias of an anchor in a changed part: its value may change while its text does not. */
function sharesAnchors(differing: readonly string[], same: readonly string[]): boolean {
  const names = new Set(
    differing.flatMap((text) => Array.from(text.matchAll(ANCHOR), ([, name = '']) => name)),
  )
  return [...names].some((name) => same.some((text) => text.includes(`*${name}`)))
}
