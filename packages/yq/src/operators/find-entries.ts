import type { Context } from '../evaluator/context.ts'
import { limitFault } from '../evaluator/evaluation-fault.ts'
import { isPattern, matchesGlob } from './glob.ts'
import type { SourceRange } from '../expression/ast.ts'
import { documentOf } from '../tree/path.ts'
import type { Node } from '../tree/node.ts'
import type { PathOptions } from './path-options.ts'

/** The largest number of visits per step, because merged maps can contain each other exponentially often. */
const MAX_MERGED_MAPS = 1_000_000

/**
 * The entries of a map with the key `wanted`, or all. Of duplicate keys the last value counts, at the position of the
 * first. Merged maps are included: in yq they override keys before the merge key, unless it follows the specification,
 * where a map's own keys win.
 */
export function findEntries(
  context: Context,
  mapping: Node,
  wanted: string | undefined,
  options: PathOptions,
): Node[] {
  const found = new Map<string, Node>()
  const { content } = mapping
  context.run.budget.step(content.length / 2)
  const isWanted = keyTest(wanted, options)
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content[index]
    const value = content[index + 1]
    if (key === undefined || value === undefined) break
    if (isFollowed(key, wanted, options)) return findThroughMerges(context, mapping, wanted, options)
    if (isWanted(key.value)) addEntry(found, key, value, options, '')
  }
  return [...found.values()]
}

function isFollowed(key: Node, wanted: string | undefined, options: PathOptions): boolean {
  return key.tag === '!!merge' && options.followMerges !== false && wanted !== key.value
}

/** Returns a function that tests whether a key matches. */
function keyTest(wanted: string | undefined, { exact }: PathOptions): (key: string) => boolean {
  if (wanted === undefined) return () => true
  return exact === true || !isPattern(wanted) ? (key) => key === wanted : (key) => matchesGlob(key, wanted)
}

function addEntry(
  found: Map<string, Node>,
  key: Node,
  value: Node,
  { keys, values }: PathOptions,
  document: string,
): void {
  if (keys === true) found.set(`key ${document} ${key.value}`, key)
  if (values !== false) found.set(`${document} ${value.key?.value ?? ''}`, value)
}

type Visit = { readonly key: Node; readonly value: Node } | { readonly merged: Node }

/** Like `findEntries` for a map with merge keys, with a stack of the maps being visited. */
function findThroughMerges(
  context: Context,
  mapping: Node,
  wanted: string | undefined,
  options: PathOptions,
): Node[] {
  const toSpecification = context.run.settings.mergeToSpecification
  if (!toSpecification) warnOfMerge(context, mapping, options.range)
  const found = new Map<string, Node>()
  const isWanted = keyTest(wanted, options)
  const visit = toSpecification ? visitToSpecification : visitInOrder
  const open = [visit(mapping, wanted, options)]
  let visits = 0
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const step = top.next()
    if (step.done === true) {
      open.pop()
    } else if ('merged' in step.value) {
      if (++visits > MAX_MERGED_MAPS || open.length > MAX_MERGED_MAPS / 100) {
        throw limitFault('these maps merge each other too often')
      }
      open.push(visit(step.value.merged, wanted, options))
    } else {
      const { key, value } = step.value
      if (isWanted(key.value)) {
        addEntry(found, key, value, options, String(documentOf(value)?.index ?? 0))
      }
    }
  }
  return [...found.values()]
}

function* visitInOrder(mapping: Node, wanted: string | undefined, options: PathOptions): Generator<Visit> {
  for (let index = 0; index + 1 < mapping.content.length; index += 2) {
    const key = mapping.content[index]
    const value = mapping.content[index + 1]
    if (key === undefined || value === undefined) break
    if (!isFollowed(key, wanted, options)) yield { key, value }
    else for (const merged of mergedMappings(value)) yield { merged }
  }
}

/** Visits merged maps first, the last one first, so that later entries override them. */
function* visitToSpecification(
  mapping: Node,
  wanted: string | undefined,
  options: PathOptions,
): Generator<Visit> {
  const { content } = mapping
  for (let index = content.length - 2; index >= 0; index -= 2) {
    const value = content[index + 1]
    if (content[index]?.tag !== '!!merge' || value === undefined) continue
    for (const merged of mergedMappings(value, true)) yield { merged }
  }
  for (let index = 0; index + 1 < content.length; index += 2) {
    const key = content[index]
    const value = content[index + 1]
    if (key !== undefined && value !== undefined && !isFollowed(key, wanted, options)) yield { key, value }
  }
}

/** The maps in the value of a merge key; of a list, those before the first item that is not a map. */
function mergedMappings(value: Node, backward = false): Node[] {
  const target = value.kind === 'alias' ? value.alias : value
  if (target?.kind === 'mapping') return [target]
  if (target?.kind !== 'sequence') return []
  const mappings: Node[] = []
  for (const item of backward ? target.content.toReversed() : target.content) {
    const mapping = item.kind === 'alias' ? item.alias : item
    if (mapping?.kind !== 'mapping') break
    mappings.push(mapping)
  }
  return mappings
}

export const MERGE_OVERRIDES: string =
  'a merge key overrides keys before it in the same map, which contradicts the YAML specification'

export function warnOfMerge(context: Context, mapping: Node, range: SourceRange): void {
  context.run.warn('merge-overrides-own-keys', MERGE_OVERRIDES, range, mapping)
}
