import type { Context, LanguageSettings } from '../evaluator/context.ts'
import { edit } from '../evaluator/edit.ts'
import { evaluationFault, limitFault } from '../evaluator/evaluation-fault.ts'
import { treeSize } from '../budget/tree-size.ts'
import type { Operation } from '../expression/ast.ts'
import { appendContent, appendPair, mapEntries } from '../tree/children.ts'
import { copyNode } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { warnOfMerge } from './find-entries.ts'

/** The largest number of nodes copied for aliases, which can expand exponentially. */
const MAX_COPIED_NODES = 2_000_000

/** Replaces aliases with copies and merge keys with merged entries, below the argument's results. */
export function explode(context: Context, { argument, range }: Operation<'explode'>): Context {
  for (const match of context.nodes) {
    for (const node of context.withSingle(match).evaluate(argument).nodes) {
      const onMerge = (mapping: Node): void => warnOfMerge(context, mapping, range)
      edit(context, node, () => explodeNode(node, context.run.settings, onMerge))
    }
  }
  return context
}

/** Like `explode`, for one tree. `onMerge` is called with the first map that is merged by yq's rules. */
export function explodeNode(
  root: Node,
  settings: Pick<LanguageSettings, 'mergeToSpecification'>,
  onMerge?: (mapping: Node) => void,
): void {
  new Explosion(settings.mergeToSpecification, onMerge).run(root)
}

/** The work on one node; it yields the nodes to process before it continues. */
type Work = Generator<Node, void, void>

class Explosion {
  readonly #toSpecification: boolean
  #onMerge: ((mapping: Node) => void) | undefined
  #copied = 0

  constructor(toSpecification: boolean, onMerge: ((mapping: Node) => void) | undefined) {
    this.#toSpecification = toSpecification
    this.#onMerge = onMerge
  }

  /** Uses an explicit stack, so that the depth of a document does not matter. */
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
    // Copies are not exploded: their originals are earlier in the document, where yq has exploded them, if at all.
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

  /** yq's order: later entries win, whether merged or the map's own. */
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
        if (item.alias.kind !== 'mapping') throw notMapFault(item.alias)
        this.#countCopies(item.alias)
        for (const [name, own] of mapEntries(item.alias)) yield* addEntry(merged, content, name, own, at)
      }
    }
    node.content = []
    for (const [key, value] of merged.values()) appendPair(node, key, value)
  }

  /** The order of the specification: the map's own keys win, then earlier merged maps. */
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
        if (copy.kind !== 'mapping') throw notMapFault(copy)
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

/** Replaces an entry with the same key, unless a later entry of the map will do so. */
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
  // For the second and later merged maps, yq uses wrong indices and reads values as keys.
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

function notMapFault(node: Node): Error {
  return evaluationFault(
    `can only use merge anchors with maps (!!map) or sequences (!!seq) of maps, but got sequence containing ${node.tag}`,
  )
}
