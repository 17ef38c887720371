import type { Context, LanguageSettings } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault, limitFault } from '../evaluator/evaluation-fault.ts'
import { treeSize } from '../budget/tree-size.ts'
import type { Operation } from '../expression/ast.ts'
import { appendContent, appendPair, mapEntries } from '../tree/children.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { warnOfMerge } from './find-entries.ts'

/** Aliases may multiply one another; a document does not grow beyond this many nodes by them. */
const MAX_COPIED_NODES = 2_000_000

/** Puts copies instead of aliases and merged entries instead of merge keys, below what is named. */
export function explode(context: Context, { argument, range }: Operation<'explode'>): Context {
  for (const match of context.nodes) {
    for (const node of context.withSingle(match).evaluate(argument).nodes) {
      const onMerge = (mapping: Node): void => warnOfMerge(context, mapping, range)
      edit(context, node, () => explodeNode(node, context.run.settings, onMerge))
    }
  }
  return context
}

/** As `explode`, for one tree. `onMerge` is told of the first map that merges others in yq's own way. */
export function explodeNode(
  root: Node,
  settings: Pick<LanguageSettings, 'mergeToSpecification'>,
  onMerge?: (mapping: Node) => void,
): void {
  new Explosion(settings.mergeToSpecification, onMerge).run(root)
}

/** The work on one node; it yields the nodes to be done before it goes on. */
type Work = Generator<Node, void, void>

class Explosion {
  readonly #toSpecification: boolean
  #onMerge: ((mapping: Node) => void) | undefined
  #copied = 0

  constructor(toSpecification: boolean, onMerge: ((mapping: Node) => void) | undefined) {
    this.#toSpecification = toSpecification
    this.#onMerge = onMerge
  }

  /** Works through a stack, so that the depth of a document does not matter. */
  run(root: Node): void {
    const open = [this.#work(root)]
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const step = top.next()
      if (step.done === true) open.pop()
      else if (step.value.content.length > 0) open.push(this.#work(step.value))
      else this.#explodeLeaf(step.value)
    }
  }

  *#work(node: Node): Work {
    const isAlias = node.kind === 'alias'
    this.#explodeLeaf(node)
    // What is copied is not looked into: it comes earlier in the document, and yq exploded it there, if at all.
    if (isAlias) return
    if (node.kind !== 'mapping' || !hasMergeKey(node)) {
      yield* node.content.slice()
    } else if (this.#toSpecification) {
      yield* this.#mergeToSpecification(node)
    } else {
      this.#onMerge?.(node)
      this.#onMerge = undefined
      yield* this.#mergeInOrder(node)
    }
  }

  #explodeLeaf(node: Node): void {
    node.anchor = ''
    const target = node.alias
    if (node.kind !== 'alias' || target === undefined) return
    this.#countCopies(target)
    node.kind = target.kind
    node.style = target.style
    node.tag = target.tag
    appendContent(node, target.content.slice())
    node.value = target.value
    node.alias = undefined
  }

  #countCopies(root: Node): void {
    this.#copied += treeSize([root], MAX_COPIED_NODES)
    if (this.#copied > MAX_COPIED_NODES) {
      throw limitFault(`the aliases of this document expand to more than ${MAX_COPIED_NODES} nodes`)
    }
  }

  /** yq's own order: what stands later wins, be it merged or the map's own. */
  *#mergeInOrder(node: Node): Work {
    const merged = new Map<string, [key: Node, value: Node]>()
    const content = node.content.slice()
    for (let index = 0; index + 1 < content.length; index += 2) {
      const key = content[index]
      const value = content[index + 1]
      if (key === undefined || value === undefined) break
      if (key.value !== '<<') {
        yield* addEntry(merged, content, key, value, index)
        continue
      }
      const sources =
        value.kind === 'sequence'
          ? value.content.map((item, at) => ({ item, at })).toReversed()
          : [{ item: value, at: index }]
      for (const { item, at } of sources) {
        if (item.alias === undefined) continue
        if (item.alias.kind !== 'mapping') throw noMap(item.alias)
        this.#countCopies(item.alias)
        for (const [name, own] of mapEntries(item.alias)) yield* addEntry(merged, content, name, own, at)
      }
    }
    node.content = []
    for (const [key, value] of merged.values()) appendPair(node, key, value)
  }

  /** The order of the specification: a map's own keys win, then what is merged first. */
  *#mergeToSpecification(node: Node): Work {
    const content: Node[] = []
    const own = new Set(Array.from(mapEntries(node), ([key]) => key.value))
    for (const [key, value] of mapEntries(node)) {
      if (key.tag !== '!!merge') {
        yield key
        yield value
        content.push(key, value)
        continue
      }
      const target = value.kind === 'alias' ? (value.alias ?? value) : value
      for (const item of target.kind === 'sequence' ? target.content : [target]) {
        const source = item.kind === 'alias' ? (item.alias ?? item) : item
        this.#countCopies(source)
        const copy = copyNode(source)
        yield copy
        if (copy.kind !== 'mapping') throw noMap(copy)
        for (const [name, mergedValue] of mapEntries(copy)) {
          if (own.has(name.value)) continue
          content.push(adopted(name, node), adopted(mergedValue, node))
        }
        for (const [name] of mapEntries(copy)) own.add(name.value)
      }
    }
    node.content = content
  }
}

function hasMergeKey(node: Node): boolean {
  for (let index = 0; index < node.content.length; index += 2) {
    if (node.content[index]?.value === '<<') return true
  }
  return false
}

/** Takes the place of an entry with the same key, unless the map has one further on, which will do that itself. */
function* addEntry(
  merged: Map<string, [Node, Node]>,
  content: readonly Node[],
  key: Node,
  value: Node,
  start: number,
): Work {
  yield value
  const old = key.alias === undefined ? merged.get(key.value) : undefined
  if (old !== undefined && old[0].alias === undefined) {
    old[1] = value
    return
  }
  // For the second of several merged maps, yq counts by places in their list and meets values instead of keys.
  for (let index = start + 2; index < content.length; index += 2) {
    const other = content[index]
    if (other?.value === key.value && other.alias === undefined) return
  }
  yield key
  merged.set(key.value, [key, value])
}

function adopted(node: Node, parent: Node): Node {
  const copy = copyNode(node)
  copy.parent = parent
  return copy
}

function noMap(node: Node): Error {
  return evaluationFault(
    `can only use merge anchors with maps (!!map) or sequences (!!seq) of maps, but got sequence containing ${node.tag}`,
  )
}
