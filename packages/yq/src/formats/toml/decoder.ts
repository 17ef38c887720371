import { contextWithoutExpression } from '../../evaluator/context-without-expression.ts'
import { add } from '../../operators/add.ts'
import { isPattern } from '../../operators/glob.ts'
import { multiplyBy } from '../../operators/multiply.ts'
import { NOWHERE, type PathOptions } from '../../operators/path-options.ts'
import { stepInto } from '../../operators/paths.ts'
import { updateNode, type UpdateRules } from '../../operators/update-node.ts'
import { appendItem, stringNode } from '../../tree/children.ts'
import { copyNode } from '../../tree/copy-node.ts'
import { Node } from '../../tree/node.ts'
import { attachItem, attachPair } from '../attach.ts'
import { type TomlLine, TomlReader } from './reader.ts'

/** Decodes TOML to one map; nothing for a text without keys. */
export function* decodeToml(text: string): Generator<Node> {
  const tree = new TomlTree()
  const reader = new TomlReader(text, (table, path, value) => tree.addInlinePair(table, path, value))
  for (const line of reader.lines()) tree.take(line)
  tree.endTable()
  if (tree.root.content.length > 0) yield tree.root
}

interface Table {
  readonly kind: 'table' | 'arrayTable'
  readonly path: readonly string[]
  readonly node: Node
  hasPairs: boolean
}

/** The tree of a document's lines. Paths have the same meaning as in yq's expressions. */
class TomlTree {
  readonly root: Node = new Node('mapping', '!!map')
  /** Comments to be attached to the next node. */
  #comments: string[] = []
  /** Comments before everything else belong to the document. */
  #hasContent = false
  #table: Table | undefined
  /** An index of the keys of maps, because a document may have many thousands. */
  readonly #keys = new Map<Node, Set<string>>()
  /** Inline tables that must be merged, because they have duplicate keys or patterns. */
  readonly #irregular = new WeakSet<Node>()

  take(line: TomlLine): void {
    if (line.kind === 'comment') return this.#comment(line.text)
    this.#hasContent = true
    if (line.kind === 'pair') {
      if (line.comment !== undefined) line.value.lineComment = line.comment
      if (this.#table !== undefined) this.#table.hasPairs = true
      this.#assignPair(this.#table?.node ?? this.root, line.path, line.value)
      return
    }
    this.endTable()
    const node = new Node('mapping', '!!map')
    this.#attachComments(node)
    this.#table = { kind: line.kind, path: this.#pathOfTable(line.path), node, hasPairs: false }
  }

  #comment(text: string): void {
    if (this.#hasContent) this.#comments.push(text)
    else this.root.headComment += this.root.headComment === '' ? text : `\n${text}`
  }

  #attachComments(node: Node): void {
    if (this.#comments.length === 0) return
    const own = node.headComment === '' ? [] : [node.headComment]
    node.headComment = [...own, ...this.#comments].join('\n')
    this.#comments = []
  }

  /** yq reads each pair of an inline table as a separate map, so keys can be duplicated at first. */
  addInlinePair(table: Node, path: readonly string[], value: Node): void {
    const pair = new Node('mapping', '!!map')
    this.#assignPair(pair, path, value)
    const keys = this.#keysOf(table)
    const isRegular = pair.content.every(
      (key, index) => index % 2 === 1 || (!keys.has(key.value) && isLiteral(key.value)),
    )
    if (!isRegular || !path.every(isLiteral) || this.#irregular.has(value)) this.#irregular.add(table)
    for (const child of pair.content) {
      child.parent = table
      if (child.isMapKey) keys.add(child.value)
      table.content.push(child)
    }
  }

  #assignPair(mapping: Node, path: readonly string[], value: Node): void {
    if (this.#comments.length > 0) value.headComment = ''
    this.#attachComments(value)
    const [key = ''] = path
    const keys = this.#keysOf(mapping)
    const isNew = path.length === 1 && !keys.has(key) && isLiteral(key) && !keys.has('<<')
    if (isNew && !this.#irregular.has(value)) attachPair(mapping, stringNode(key), value)
    else assignDeeply(mapping, path, value)
    keys.add(key)
  }

  #keysOf(mapping: Node): Set<string> {
    const keys = this.#keys.get(mapping) ?? new Set()
    this.#keys.set(mapping, keys)
    return keys
  }

  /** Adds the last table to the tree. */
  endTable(): void {
    const table = this.#table
    if (table === undefined) return
    this.#table = undefined
    if (!table.hasPairs) this.#attachComments(table.node)
    if (table.kind === 'table') assignDeeply(this.root, table.path, table.node)
    else appendTable(this.root, table.path, table.node)
    this.#keys.clear()
  }

  /** Below an array of tables, a path refers to the last table. */
  #pathOfTable(path: readonly string[]): string[] {
    const full: string[] = []
    for (const [index, step] of path.entries()) {
      full.push(step)
      if (index === path.length - 1) break
      const [found] = nodesAt(this.root, full, false)
      if (found?.kind === 'sequence' && found.content.length > 0) {
        full.push(String(found.content.length - 1))
      }
    }
    return full
  }
}

/** Whether a key matches only itself: others are patterns or merge keys. */
function isLiteral(key: string): boolean {
  return key !== '<<' && !isPattern(key)
}

const PLAIN: UpdateRules = { keepAnchor: false, onlyNull: false, clobberTags: false }

const MERGE = multiplyBy(
  { appendLists: true, mergeLists: false, onlyExisting: false, onlyNull: false, clobberTags: false },
  { followMerges: false },
)

/** `.path = value`, or `.path *=+ value` for a map. */
function assignDeeply(root: Node, path: readonly string[], value: Node): void {
  for (const target of nodesAt(root, path, true)) {
    const source =
      value.kind === 'mapping' ? MERGE(copyNode(target), value, contextWithoutExpression()) : value
    if (source !== undefined) updateNode(target, source, PLAIN)
  }
}

/** `.path += [table]` */
function appendTable(root: Node, path: readonly string[], table: Node): void {
  for (const target of nodesAt(root, path, true)) {
    if (target.kind === 'sequence' && target.content.length > 0) {
      appendItem(target, table)
      continue
    }
    const list = new Node('sequence', '!!seq')
    attachItem(list, copyNode(table))
    const sum = add(copyNode(target), list, contextWithoutExpression())
    if (sum !== undefined) updateNode(target, sum, PLAIN)
  }
}

function nodesAt(root: Node, path: readonly string[], create: boolean): Node[] {
  const context = contextWithoutExpression()
  const options: PathOptions = { create, range: NOWHERE }
  return path.reduce<Node[]>(
    (nodes, step) => nodes.flatMap((node) => stepInto(context, node, step, options)),
    [root],
  )
}
