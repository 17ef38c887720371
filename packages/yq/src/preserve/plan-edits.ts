import { type Node, Style } from '../tree/node.ts'
import { alignEntries, type Aligned } from './align.ts'
import { afterBreak, Block, endOfText, lineEnd, lineStart, partsOf } from './block-lines.ts'
import type { Edit } from './edit.ts'
import { deleteEntries, insertEntries } from './entry-edits.ts'
import { planFlow } from './flow-edits.ts'
import { renderEntry, renderInline, type Spot } from './neighbour-style.ts'
import type { Source } from './source.ts'
import { fingerprint, hasSameComments, hasSameSpelling, printedComment } from './same-node.ts'

/** The planned edits of one document. A plan with a wrong result is planned again with more entries reprinted. */
export interface Plan {
  readonly edits: Edit[]
  /** The innermost old entry (its item or key) for each node of the new tree that is in one. */
  readonly owners: ReadonlyMap<Node, Node>
  /** Whether the whole document must be reprinted. */
  readonly isHopeless: boolean
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
  #isHopeless = false

  constructor(source: Source, forced: ReadonlySet<Node>) {
    this.#source = source
    this.#forced = forced
  }

  plan(before: Node, after: Node): Plan {
    this.#compareNodes({ before, after, owner: undefined }, 'value')
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop())
      this.#compareContent(task)
    return { edits: this.#edits, owners: this.#owners, isHopeless: this.#isHopeless }
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
      this.#isHopeless = true
      return
    }
    const isBlockScalar = ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
    if (isBlockScalar && hasNewComment) this.#reprint(owner)
    else if (hasNewText && !this.#replaceLeaf(before, after, spot, owner)) this.#reprint(owner)
    else if (
      hasNewComment &&
      !this.#replaceLineComment(endOfText(this.#source.text, before), after.lineComment)
    ) {
      this.#reprint(owner)
    }
  }

  #replaceLeaf(before: Node, after: Node, spot: Spot, owner: Owner): boolean {
    const { text, style } = this.#source
    const rendered = renderInline(after, spot, owner.block.column, style)
    if (rendered === undefined) return false
    const end = endOfText(text, before)
    let start = before.start
    // An empty value has no blank after its indicator.
    const isEmpty = start === end
    if (rendered === '') while (/[ \t]/.test(text.charAt(start - 1))) start--
    const isBlock =
      /[\n]/.test(rendered) || ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
    // Nothing can follow a block scalar on its line.
    if (isBlock && text.slice(end, lineEnd(text, end)).trim() !== '') return false
    this.#edits.push({ start, end, text: isEmpty && spot !== 'key' ? ` ${rendered}` : rendered })
    return true
  }

  /** Adds, changes or removes the comment between `from` and the end of its line. */
  #replaceLineComment(from: number, comment: string): boolean {
    const { text } = this.#source
    const end = lineEnd(text, from)
    const rest = /^([ \t]*)(#.*)?$/.exec(text.slice(from, end))
    if (rest === null || comment.includes('\n')) return false
    const [, blanks = '', old] = rest
    const gap = comment === '' ? '' : old === undefined ? ' ' : blanks
    this.#edits.push({ start: from, end, text: gap + printedComment(comment) })
    return true
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
    if (aligned === undefined) this.#reorder(before, after, owner)
    else this.#compareEntries(before, after, aligned, owner)
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
      (hasNewText && !this.#replaceLeaf(before, after, 'key', owner))
    ) {
      this.#reprint(owner)
      return
    }
    if (before.headComment !== after.headComment) this.#replaceHead(after, owner)
    if (before.lineComment === after.lineComment) return
    // The line comment of a key is after its `:`.
    const colon = this.#source.indicators.get(value) ?? -1
    if (colon < 0 || !this.#replaceLineComment(colon + 1, after.lineComment)) this.#reprint(owner)
  }

  /** Adds a foot comment to an entry without one. Returns false for other changes, which need a reprint. */
  #replaceFoot(before: Node, after: Node, owner: Owner | undefined): boolean {
    if (before.footComment === after.footComment) return true
    const entry = owner?.block.entries[owner.index]
    if (owner === undefined || entry === undefined || before.footComment !== '' || !entry.startsLine)
      return false
    const { text, style } = this.#source
    const place = afterBreak(text, entry.textEnd)
    const pad = ' '.repeat(owner.block.column)
    const lines = printedComment(after.footComment).split('\n')
    const written = lines.map((line) => (line === '' ? '' : pad + line) + style.lineBreak).join('')
    // Without a blank line, it would be the head comment of the next entry.
    const isApart =
      place >= text.length || /^[ \t]*(?:\r?\n|$)/.test(text.slice(place, lineEnd(text, place) + 1))
    const opens = place > 0 && !text.slice(0, place).endsWith('\n') ? style.lineBreak : ''
    this.#edits.push({ start: place, end: place, text: opens + written + (isApart ? '' : style.lineBreak) })
    return true
  }

  #replaceHead(key: Node, owner: Owner): void {
    const { text, style } = this.#source
    const { column } = owner.block
    const entry = owner.block.entries[owner.index]
    if (entry === undefined || !entry.startsLine) {
      this.#reprint(owner)
      return
    }
    const pad = ' '.repeat(column)
    const lines = key.headComment === '' ? [] : printedComment(key.headComment).split('\n')
    const written = lines.map((line) => (line === '' ? '' : pad + line))
    const end = lineStart(text, entry.indicator)
    this.#edits.push({
      start: entry.start,
      end,
      text: written.map((line) => line + style.lineBreak).join(''),
    })
  }

  /** Moves the lines of entries whose order changed. Blank lines between the entries stay where they are. */
  #reorder(before: Node, after: Node, owner: Owner | undefined): void {
    const { text, indicators, style } = this.#source
    const { entries, column } = new Block(text, before, indicators)
    const [first] = entries
    const last = entries.at(-1)
    if (first === undefined || last === undefined || !entries.every(({ startsLine }) => startsLine)) {
      this.#reprint(owner)
      return
    }
    const written = new Map(entries.map((entry, index) => [printOf(partsOf(before, index)), entry]))
    const gaps = entries.map((entry, index) =>
      text.slice(afterBreak(text, entry.textEnd), entries[index + 1]?.start ?? entry.end),
    )
    let body = ''
    for (let index = 0; index * 2 < after.content.length; index++) {
      const nodes = partsOf(after, index)
      const entry = written.get(printOf(nodes))
      const lines =
        entry === undefined ? renderEntry(nodes, column, style) : text.slice(entry.start, entry.textEnd)
      if (owner !== undefined) for (const node of nodes) this.#owners.set(node, owner.node)
      body += lines + style.lineBreak + (gaps[index] ?? '')
    }
    const end = afterBreak(text, last.textEnd)
    this.#edits.push({
      start: first.start,
      end,
      text: text.endsWith('\n') || end < text.length ? body : body.slice(0, -style.lineBreak.length),
    })
  }

  #reprint(owner: Owner | undefined): void {
    if (owner === undefined) {
      this.#isHopeless = true
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

function printOf(nodes: readonly Node[]): string {
  return nodes.map(fingerprint).join('')
}
