import type { OperatorName, SourceRange } from '../expression/ast.ts'
import { copyNode, copyWithoutContent } from '../tree/copy-node.ts'
import type { Node } from '../tree/node.ts'
import { documentOf, pathOf } from '../tree/path.ts'
import type { Change, ChangeKind } from './change.ts'
import { compareNodes, type Difference, kindOfDifference } from './compare-nodes.ts'
import { CHANGES } from '../operators/operator.ts'
import { operators } from '../operators/table.ts'
import type { Recorder } from './recorder.ts'

interface Creator {
  readonly range: SourceRange
  /** New nodes that the operator may still change. */
  readonly created: Node[]
}

/** Records the changes that an evaluation makes to the given documents. */
export class Tracer implements Recorder {
  readonly #documents: ReadonlySet<Node>
  readonly #changes: Change[] = []
  readonly #creators: Creator[] = []
  /** Nodes created outside of any changing operator: in yq, reading a path creates its keys. */
  #reading: Creator | undefined
  /** Index of the child that was found last in a content, as a start for the next search. */
  readonly #positions = new WeakMap<readonly Node[], number>()
  #last: SourceRange = { start: 0, end: 0 }

  constructor(documents: Iterable<Node>) {
    this.#documents = new Set(documents)
  }

  enter(operator: OperatorName, range: SourceRange): void {
    this.#last = range
    if (!isChanging(operator)) return
    this.#recordReading()
    this.#creators.push({ range, created: [] })
  }

  leave(operator: OperatorName): void {
    if (!isChanging(operator)) return
    const creator = this.#creators.pop()
    if (creator !== undefined) this.#recordCreated(creator)
  }

  change(node: Node, change: () => void, reach: 'tree' | 'node'): void {
    if (!this.#isInDocument(node) || this.#isNew(node)) {
      change()
      return
    }
    const before = reach === 'tree' ? copyNode(node) : copyWithoutContent(node)
    change()
    if (node.isMapKey) this.#recordKey(before, node)
    else if (reach === 'tree') this.#recordDifferences(node, compareNodes(before, node), this.#range)
    else this.#recordAlone(before, node)
  }

  created(node: Node): void {
    if (!this.#isInDocument(node) || this.#isNew(node)) return
    const creator = this.#creators.at(-1) ?? (this.#reading ??= { range: this.#last, created: [] })
    creator.created.push(node)
  }

  deleted(node: Node): void {
    if (!this.#isInDocument(node)) return
    const isNew = this.#isNew(node)
    for (const { created } of this.#open()) {
      const position = created.indexOf(node)
      if (position >= 0) created.splice(position, 1)
    }
    if (!isNew) this.#record('deleted', node, node, undefined, this.#range)
  }

  /** Records the differences if the program returned a new document instead of changing the given one. */
  returned(document: Node, result: Node, range: SourceRange): void {
    this.#recordReading()
    const isRebuilt = result !== document && result.parent === undefined && result.kind !== 'scalar'
    if (!isRebuilt || this.#documents.has(result) || document.parent !== undefined) return
    this.#recordDifferences(document, compareNodes(document, result), range)
  }

  /** All changes, in the order of evaluation. */
  finish(): readonly Change[] {
    this.#recordReading()
    return this.#changes
  }

  get #range(): SourceRange {
    return this.#creators.at(-1)?.range ?? this.#last
  }

  #open(): Creator[] {
    return this.#reading === undefined ? this.#creators : [...this.#creators, this.#reading]
  }

  #recordReading(): void {
    const reading = this.#reading
    this.#reading = undefined
    if (reading !== undefined) this.#recordCreated(reading)
  }

  #recordCreated({ created, range }: Creator): void {
    for (const node of created) {
      if (this.#isInDocument(node)) this.#record('created', node, undefined, node, range)
    }
  }

  #recordAlone(before: Node, node: Node): void {
    const kind = kindOfDifference(before, node)
    if (kind === undefined) return
    before.content = node.content
    this.#record(kind, node, before, node, this.#range)
  }

  #recordKey(before: Node, key: Node): void {
    const [difference] = compareNodes(before, key)
    if (difference === undefined) return
    const kind = difference.kind === 'replaced' ? 'renamed' : difference.kind
    this.#record(kind, key, before, key, this.#range)
  }

  #recordDifferences(node: Node, differences: readonly Difference[], range: SourceRange): void {
    const start = pathOf(node)
    for (const { kind, path, before, after } of differences) {
      this.#push(kind, node, [...start, ...path], before, after, range)
    }
  }

  #record(
    kind: ChangeKind,
    place: Node,
    before: Node | undefined,
    after: Node | undefined,
    range: SourceRange,
  ): void {
    this.#push(kind, place, pathOf(place), before, after, range)
  }

  #push(
    kind: ChangeKind,
    place: Node,
    path: Change['path'],
    before: Node | undefined,
    after: Node | undefined,
    range: SourceRange,
  ): void {
    const { index = 0, fileIndex = 0 } = documentOf(place) ?? {}
    this.#changes.push({
      kind,
      path,
      documentIndex: index,
      fileIndex,
      before: before && detached(before),
      after: after && detached(after),
      range,
    })
  }

  /** Whether a node is part of a given document. Copies have a parent, too, but are not among its children. */
  #isInDocument(node: Node): boolean {
    let current = node
    for (let { parent } = current; parent !== undefined; { parent } = current) {
      if (!this.#isChild(parent, current)) return false
      current = parent
    }
    return this.#documents.has(current)
  }

  /** Children mostly change in order, so the search starts at the last position. */
  #isChild({ content }: Node, child: Node): boolean {
    const last = this.#positions.get(content) ?? 0
    for (let position = Math.max(0, last - 3); position <= last + 3; position++) {
      if (content[position] !== child) continue
      this.#positions.set(content, position)
      return true
    }
    const found = content.indexOf(child)
    if (found >= 0) this.#positions.set(content, found)
    return found >= 0
  }

  /** Whether a node is, or is below, a new node whose creator is not finished. */
  #isNew(node: Node): boolean {
    const open = this.#open()
    if (open.every(({ created }) => created.length === 0)) return false
    const isListed = (candidate: Node): boolean => open.some(({ created }) => created.includes(candidate))
    for (let current: Node | undefined = node; current !== undefined; current = current.parent) {
      if (isListed(current)) return true
    }
    return false
  }
}

function detached(node: Node): Node {
  const copy = copyNode(node)
  copy.parent = undefined
  return copy
}

function isChanging(operator: OperatorName): boolean {
  return operators[operator].traced === CHANGES
}
