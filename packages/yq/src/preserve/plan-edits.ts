import { type Node, Style } from '../tree/node.ts'
import { alignEntries, type Aligned } from './align.ts'
import { Block, endOfText, partsOf } from './block-lines.ts'
import type { Edit } from './edit.ts'
import { deleteEntries, insertEntries, reorderEntries } from './entry-edits.ts'
import { planFlow } from './flow-edits.ts'
import { renderEntry, type Spot } from './neighbour-style.ts'
import { insertFootComment, replaceHeadComment, replaceLeaf, replaceLineComment } from './node-edits.ts'
import type { Source } from './source.ts'
import { fingerprint, hasSameComments, hasSameSpelling } from './same-node.ts'

/** The planned edits of one document. A plan with a wrong result is planned again with more entries reprinted. */
export interface Plan {
  readonly edits: Edit[]
  /** The innermost old entry (its item or key) for each node of the new tree that is in one. */
  readonly owners: ReadonlyMap<Node, Node>
  /** Whether the whole document must be reprinted. */
  readonly needsFullReprint: boolean
}

/**
 * Plans the edits that change the text of `before` to a text of `after`.
 *
 * @param forced entries to reprint as a whole, given by their item or key
 */
export function planEdits(before: Node, after: Node, source: Source, forced: ReadonlySet<Node>): Plan {
  return new Planner(source, forced).plan(before, after)
}

/** The block entry that contains a part of the tree. */
interface Owner {
  readonly block: Block
  readonly index: number
  /** The old item or key. */
  readonly node: Node
  /** The new item, or the new key and value. */
  readonly nodes: readonly Node[]
  /** Nesting depth of the entry, from 1. */
  readonly depth: number
}

interface Task {
  readonly before: Node
  readonly after: Node
  readonly owner: Owner | undefined
}

class Planner {
  readonly #source: Source
  readonly #forced: ReadonlySet<Node>
  readonly #edits: Edit[] = []
  readonly #owners = new Map<Node, Node>()
  readonly #tasks: Task[] = []
  readonly #reprinted = new Set<Node>()
  #needsFullReprint = false

  constructor(source: Source, forced: ReadonlySet<Node>) {
    this.#source = source
    this.#forced = forced
  }

  plan(before: Node, after: Node): Plan {
    this.#compareNodes({ before, after, owner: undefined }, 'value')
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop())
      this.#compareContent(task)
    return { edits: this.#edits, owners: this.#owners, needsFullReprint: this.#needsFullReprint }
  }

  /** Compares two nodes. Adds a task for the content of collections. */
  #compareNodes(task: Task, spot: Spot): void {
    const { before, after, owner } = task
    if (before.headComment !== after.headComment || !this.#replaceFoot(before, after, owner)) {
      this.#reprint(owner)
    } else if (isLeaf(before) && isLeaf(after)) {
      this.#compareLeaves(task, spot)
    } else if (
      isLeaf(before) ||
      isLeaf(after) ||
      !hasSameSpelling(before, after) ||
      !hasSameComments(before, after)
    ) {
      this.#reprint(owner)
    } else {
      this.#tasks.push(task)
    }
  }

  #compareLeaves({ before, after, owner }: Task, spot: Spot): void {
    const hasNewText = !hasSameSpelling(before, after)
    const hasNewComment = before.lineComment !== after.lineComment
    if (!hasNewText && !hasNewComment) return
    if (owner === undefined) {
      this.#needsFullReprint = true
      return
    }
    const isBlockScalar = ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
    const { text } = this.#source
    if (isBlockScalar && hasNewComment) this.#reprint(owner)
    else if (hasNewText && !this.#add(replaceLeaf(before, after, spot, owner.block.column, this.#source)))
      this.#reprint(owner)
    else if (
      hasNewComment &&
      !this.#add(replaceLineComment(text, endOfText(text, before), after.lineComment))
    )
      this.#reprint(owner)
  }

  #compareContent({ before, after, owner }: Task): void {
    if ((before.style & Style.flow) !== 0 || before.content.length === 0) {
      const flow = planFlow(before, after, this.#source)
      if (flow === undefined) this.#reprint(owner)
      else this.#edits.push(...flow)
      return
    }
    if (after.content.length === 0) {
      this.#reprint(owner)
      return
    }
    const aligned = alignEntries(before, after)
    if (aligned !== undefined) {
      this.#compareEntries(before, after, aligned, owner)
    } else if (!this.#add(reorderEntries(before, after, this.#source))) {
      this.#reprint(owner)
    } else if (owner !== undefined) {
      for (const node of after.content) this.#owners.set(node, owner.node)
    }
  }

  #compareEntries(before: Node, after: Node, aligned: readonly Aligned[], owner: Owner | undefined): void {
    const { text, indicators, style } = this.#source
    const block = new Block(text, before, indicators)
    const depth = owner?.depth ?? 0
    let isAnyKept = false
    for (const { before: index, after: now } of aligned) {
      if (index === undefined || now === undefined) continue
      isAnyKept = true
      const parts = partsOf(before, index)
      const [node] = parts
      if (node === undefined) continue
      this.#compareEntry(parts, { block, index, node, nodes: partsOf(after, now), depth: depth + 1 })
    }
    const isSame = aligned.every(({ before: old, after: now }) => old !== undefined && now !== undefined)
    if (isSame) return
    const deleted = isAnyKept ? deleteEntries(text, block, aligned) : undefined
    if (deleted === undefined) this.#reprint(owner)
    else this.#edits.push(...deleted, ...insertEntries({ text, block, aligned, after, style, depth }))
  }

  #compareEntry(before: readonly Node[], owner: Owner): void {
    const { nodes, node } = owner
    for (const part of nodes) this.#owners.set(part, node)
    const [old, oldValue] = before
    const [now, nowValue] = nodes
    if (old === undefined || now === undefined || this.#forced.has(node)) {
      this.#reprint(owner)
    } else if (oldValue === undefined || nowValue === undefined) {
      this.#compareNodes({ before: old, after: now, owner }, 'item')
    } else {
      this.#compareKeys(old, now, oldValue, owner)
      this.#compareNodes({ before: oldValue, after: nowValue, owner }, 'value')
    }
  }

  #compareKeys(before: Node, after: Node, value: Node, owner: Owner): void {
    if (before.content.length > 0 || after.content.length > 0) {
      if (fingerprint(before) !== fingerprint(after)) this.#reprint(owner)
      return
    }
    const hasNewText = !hasSameSpelling(before, after)
    if (
      !this.#replaceFoot(before, after, owner) ||
      (hasNewText && !this.#add(replaceLeaf(before, after, 'key', owner.block.column, this.#source)))
    ) {
      this.#reprint(owner)
      return
    }
    if (before.headComment !== after.headComment) {
      const entry = owner.block.entries[owner.index]
      if (entry === undefined || !entry.startsLine) this.#reprint(owner)
      else this.#add(replaceHeadComment(after.headComment, entry, owner.block.column, this.#source))
    }
    if (before.lineComment === after.lineComment) return
    const { text, indicators } = this.#source
    // The line comment of a key is after its `:`.
    const colon = indicators.get(value) ?? -1
    if (colon < 0 || !this.#add(replaceLineComment(text, colon + 1, after.lineComment))) this.#reprint(owner)
  }

  /** Adds the edit, if any; returns whether there was one. */
  #add(edit: Edit | undefined): boolean {
    if (edit !== undefined) this.#edits.push(edit)
    return edit !== undefined
  }

  /** Adds a foot comment to an entry without one. Returns false for other changes, which need a reprint. */
  #replaceFoot(before: Node, after: Node, owner: Owner | undefined): boolean {
    if (before.footComment === after.footComment) return true
    const entry = owner?.block.entries[owner.index]
    if (owner === undefined || entry === undefined || before.footComment !== '' || !entry.startsLine)
      return false
    return this.#add(insertFootComment(after.footComment, entry, owner.block.column, this.#source))
  }

  #reprint(owner: Owner | undefined): void {
    if (owner === undefined) {
      this.#needsFullReprint = true
      return
    }
    const { block, index, node, nodes } = owner
    const entry = block.entries[index]
    if (entry === undefined || this.#reprinted.has(node)) return
    this.#reprinted.add(node)
    const rendered = renderEntry(nodes, block.column, this.#source.style)
    this.#edits.push({
      start: entry.start,
      end: entry.textEnd,
      text: entry.startsLine ? rendered : rendered.slice(block.column),
    })
  }
}

function isLeaf(node: Node): boolean {
  return node.kind === 'scalar' || node.kind === 'alias'
}
