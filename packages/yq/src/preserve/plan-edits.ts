import { type Node, Style } from '../tree/node.ts'
import { alignEntries, type Aligned } from './align.ts'
import { behindBreak, endOfText, entriesOf, type EntryLines, lineEnd, lineStart } from './block-lines.ts'
import type { Edit } from './edit.ts'
import { planFlow } from './flow-edits.ts'
import { likeNeighbour, renderEntry, renderInline, type Spot, type TextStyle } from './neighbour-style.ts'
import { fingerprint, hasSameComments, hasSameSpelling, printedComment } from './same-node.ts'

/** A tree with the text that it was read from. */
export interface Source {
  readonly text: string
  /** See `ReadOptions.indicators`. */
  readonly indicators: ReadonlyMap<Node, number>
  readonly style: TextStyle
}

/** Thrown away and planned anew with more of it printed: the part that cannot be edited in place. */
export interface Plan {
  readonly edits: Edit[]
  /** For each node of the new tree that has one, the old entry (its item or key) that it is in. */
  readonly owners: ReadonlyMap<Node, Node>
  /** Whether only printing all of the document anew will do. */
  readonly isHopeless: boolean
}

/**
 * Plans the edits that turn the text of `before` into one of `after`. The entries in `forced`, given by their
 * item or key, are printed anew as a whole.
 */
export function planEdits(before: Node, after: Node, source: Source, forced: ReadonlySet<Node>): Plan {
  return new Planner(source, forced).plan(before, after)
}

/** The entry of a block that a part of the tree is in. */
interface Owner {
  readonly entry: EntryLines
  /** The item, or key and value, as they are to be. */
  readonly nodes: readonly Node[]
  readonly column: number
  /** How many entries are around this one. */
  readonly depth: number
}

interface Task {
  readonly before: Node
  readonly after: Node
  readonly owner: Owner | undefined
}

class Planner {
  private readonly source: Source
  private readonly forced: ReadonlySet<Node>
  private readonly edits: Edit[] = []
  private readonly owners = new Map<Node, Node>()
  private readonly tasks: Task[] = []
  private readonly reprinted = new Set<Node>()
  private isHopeless = false

  constructor(source: Source, forced: ReadonlySet<Node>) {
    this.source = source
    this.forced = forced
  }

  plan(before: Node, after: Node): Plan {
    this.compareNodes({ before, after, owner: undefined }, 'value')
    for (let task = this.tasks.pop(); task !== undefined; task = this.tasks.pop()) this.compareContent(task)
    return { edits: this.edits, owners: this.owners, isHopeless: this.isHopeless }
  }

  /** Compares two nodes; what is below collections is left for later. */
  private compareNodes(task: Task, spot: Spot): void {
    const { before, after, owner } = task
    if (before.headComment !== after.headComment || before.footComment !== after.footComment) {
      this.reprint(owner)
    } else if (isLeaf(before) && isLeaf(after)) {
      this.compareLeaves(task, spot)
    } else if (
      isLeaf(before) ||
      isLeaf(after) ||
      !hasSameSpelling(before, after) ||
      !hasSameComments(before, after)
    ) {
      this.reprint(owner)
    } else {
      this.tasks.push(task)
    }
  }

  private compareLeaves({ before, after, owner }: Task, spot: Spot): void {
    const hasNewText = !hasSameSpelling(before, after)
    const hasNewComment = before.lineComment !== after.lineComment
    if (!hasNewText && !hasNewComment) return
    if (owner === undefined) {
      this.isHopeless = true
      return
    }
    const isBlockScalar = ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
    if (isBlockScalar && hasNewComment) this.reprint(owner)
    else if (hasNewText && !this.replaceLeaf(before, after, spot, owner)) this.reprint(owner)
    else if (
      hasNewComment &&
      !this.replaceLineComment(endOfText(this.source.text, before), after.lineComment)
    ) {
      this.reprint(owner)
    }
  }

  private replaceLeaf(before: Node, after: Node, spot: Spot, owner: Owner): boolean {
    const { text, style } = this.source
    const rendered = renderInline(after, spot, owner.column, style)
    if (rendered === undefined) return false
    const end = endOfText(text, before)
    let start = before.start
    // What was empty stands right behind its indicator; what becomes empty leaves no blank there.
    const isEmpty = start === end
    if (rendered === '') while (/[ \t]/.test(text.charAt(start - 1))) start--
    const isBlock =
      /[\n]/.test(rendered) || ((before.style | after.style) & (Style.literal | Style.folded)) !== 0
    // A block scalar ends the line, so nothing may stand behind it.
    if (isBlock && text.slice(end, lineEnd(text, end)).trim() !== '') return false
    this.edits.push({ start, end, text: isEmpty && spot !== 'key' ? ` ${rendered}` : rendered })
    return true
  }

  /** Puts, changes or takes away the comment between `from` and the end of its line. */
  private replaceLineComment(from: number, comment: string): boolean {
    const { text } = this.source
    const end = lineEnd(text, from)
    const rest = /^([ \t]*)(#.*)?$/.exec(text.slice(from, end))
    if (rest === null || comment.includes('\n')) return false
    const [, blanks = '', old] = rest
    const gap = comment === '' ? '' : old === undefined ? ' ' : blanks
    this.edits.push({ start: from, end, text: gap + printedComment(comment) })
    return true
  }

  private compareContent({ before, after, owner }: Task): void {
    if ((before.style & Style.flow) !== 0 || before.content.length === 0) {
      const flow = planFlow(before, after, this.source)
      if (flow === undefined) this.reprint(owner)
      else this.edits.push(...flow)
      return
    }
    if (after.content.length === 0) {
      this.reprint(owner)
      return
    }
    const aligned = alignEntries(before, after)
    if (aligned === undefined) this.reorder(before, after, owner)
    else this.compareEntries(before, after, aligned, owner)
  }

  private compareEntries(
    before: Node,
    after: Node,
    aligned: readonly Aligned[],
    owner: Owner | undefined,
  ): void {
    const entries = entriesOf(this.source.text, before, this.source.indicators)
    const first = entries[0]
    if (
      first === undefined ||
      !aligned.some(({ before: old, after: now }) => old !== undefined && now !== undefined)
    ) {
      this.reprint(owner)
      return
    }
    const column = first.indicator - lineStart(this.source.text, first.indicator)
    const depth = owner?.depth ?? 0
    for (const { before: old, after: now } of aligned) {
      const entry = old === undefined ? undefined : entries[old]
      if (entry === undefined || now === undefined) continue
      const nodes = partsOf(after, now)
      this.compareEntry(partsOf(before, old ?? 0), { entry, nodes, column, depth: depth + 1 })
    }
    const isDone =
      this.deleteEntries(aligned, entries) && this.insertEntries(aligned, entries, after, { column, depth })
    if (!isDone) this.reprint(owner)
  }

  private compareEntry(before: readonly Node[], owner: Owner): void {
    const { nodes, entry } = owner
    for (const node of nodes) this.owners.set(node, entry.node)
    const [old, oldValue] = before
    const [now, nowValue] = nodes
    if (old === undefined || now === undefined || this.forced.has(entry.node)) {
      this.reprint(owner)
    } else if (oldValue === undefined || nowValue === undefined) {
      this.compareNodes({ before: old, after: now, owner }, 'item')
    } else {
      this.compareKeys(old, now, oldValue, owner)
      this.compareNodes({ before: oldValue, after: nowValue, owner }, 'value')
    }
  }

  private compareKeys(before: Node, after: Node, value: Node, owner: Owner): void {
    if (before.content.length > 0 || after.content.length > 0) {
      if (fingerprint(before) !== fingerprint(after)) this.reprint(owner)
      return
    }
    const hasNewText = !hasSameSpelling(before, after)
    if (
      before.footComment !== after.footComment ||
      (hasNewText && !this.replaceLeaf(before, after, 'key', owner))
    ) {
      this.reprint(owner)
      return
    }
    if (before.headComment !== after.headComment) this.replaceHead(after, owner)
    if (before.lineComment === after.lineComment) return
    // A key's comment is the one behind its `:`.
    const colon = this.source.indicators.get(value) ?? -1
    if (colon < 0 || !this.replaceLineComment(colon + 1, after.lineComment)) this.reprint(owner)
  }

  private replaceHead(key: Node, owner: Owner): void {
    const { entry, column } = owner
    const { text, style } = this.source
    if (!entry.startsLine) {
      this.reprint(owner)
      return
    }
    const pad = ' '.repeat(column)
    const lines = key.headComment === '' ? [] : key.headComment.split('\n')
    const written = lines.map((line) =>
      line === '' ? '' : pad + (line.startsWith('#') ? line : `# ${line}`),
    )
    const end = lineStart(text, entry.indicator)
    this.edits.push({ start: entry.start, end, text: written.map((line) => line + style.lineBreak).join('') })
  }

  private deleteEntries(aligned: readonly Aligned[], entries: readonly EntryLines[]): boolean {
    const deleted = new Set(aligned.filter(({ after }) => after === undefined).map(({ before }) => before))
    if (deleted.size === 0) return true
    const kept = entries.filter((_, index) => !deleted.has(index))
    const [first] = entries
    const firstKept = kept[0]
    const lastKept = kept.at(-1)
    if (first === undefined || firstKept === undefined || lastKept === undefined) return false
    if (!first.startsLine && firstKept !== first) {
      // The first entry left moves up behind the indicator of what is around.
      if (firstKept.start !== lineStart(this.source.text, firstKept.indicator)) return false
      this.edits.push({ start: first.indicator, end: firstKept.indicator, text: '' })
    }
    for (const [index, entry] of entries.entries()) {
      if (!deleted.has(index) || (!first.startsLine && entry.start < firstKept.start)) continue
      // With the last entries go the blank lines in front of them.
      const isLast = entry.start > lastKept.start
      const start = isLast
        ? Math.min(behindBreak(this.source.text, lastKept.textEnd), entry.start)
        : entry.start
      if (!isLast || entries[index - 1] === lastKept) {
        this.edits.push({ start, end: isLast ? (entries.at(-1)?.end ?? entry.end) : entry.end, text: '' })
      }
    }
    return true
  }

  private insertEntries(
    aligned: readonly Aligned[],
    entries: readonly EntryLines[],
    after: Node,
    { column, depth }: Pick<Owner, 'column' | 'depth'>,
  ): boolean {
    const { text, style } = this.source
    for (const [index, { before, after: now }] of aligned.entries()) {
      if (before !== undefined || now === undefined) continue
      const nodes = this.dressed(partsOf(after, now), after, now)
      const rendered = renderEntry(nodes, column, style)
      const next = aligned
        .slice(index)
        .find((later) => later.before !== undefined && later.after !== undefined)
      const entry = next?.before === undefined ? undefined : entries[next.before]
      if (entry === undefined) {
        const last = entries.at(-1)
        const end = last?.end ?? text.length
        // Without a blank line, the foot of the last entry would become the head of the new one.
        const gap = last?.hasFoot === true ? style.lineBreak : ''
        const isUnended = end === text.length && !text.endsWith('\n')
        const added = isUnended ? style.lineBreak + gap + rendered : gap + rendered + style.lineBreak
        this.edits.push({ start: end, end, text: added, depth })
      } else if (entry.startsLine) {
        this.edits.push({ start: entry.start, end: entry.start, text: rendered + style.lineBreak })
      } else {
        const pad = ' '.repeat(column)
        const start = entry.indicator
        this.edits.push({ start, end: start, text: rendered.slice(column) + style.lineBreak + pad })
      }
    }
    return true
  }

  /** New nodes with the quotes that the entry before them has. */
  private dressed(nodes: readonly Node[], collection: Node, index: number): readonly Node[] {
    const previous = index > 0 ? partsOf(collection, index - 1) : []
    const [node, value] = nodes
    if (node === undefined) return nodes
    const first = likeNeighbour(node, previous[0])
    return value === undefined ? [first] : [first, value]
  }

  /** Entries that only changed places are moved as they are; blank lines stay between the places. */
  private reorder(before: Node, after: Node, owner: Owner | undefined): void {
    const { text, indicators, style } = this.source
    const entries = entriesOf(text, before, indicators)
    const [first] = entries
    const last = entries.at(-1)
    if (first === undefined || last === undefined || !entries.every(({ startsLine }) => startsLine)) {
      this.reprint(owner)
      return
    }
    const column = first.indicator - lineStart(text, first.indicator)
    const written = new Map(entries.map((entry, index) => [printOf(partsOf(before, index)), entry]))
    const gaps = entries.map((entry, index) =>
      text.slice(behindBreak(text, entry.textEnd), entries[index + 1]?.start ?? entry.end),
    )
    let body = ''
    for (let index = 0; index * 2 < after.content.length; index++) {
      const nodes = partsOf(after, index)
      const entry = written.get(printOf(nodes))
      const lines =
        entry === undefined ? renderEntry(nodes, column, style) : text.slice(entry.start, entry.textEnd)
      if (owner !== undefined) for (const node of nodes) this.owners.set(node, owner.entry.node)
      body += lines + style.lineBreak + (gaps[index] ?? '')
    }
    const end = behindBreak(text, last.textEnd)
    this.edits.push({
      start: first.start,
      end,
      text: text.endsWith('\n') || end < text.length ? body : body.slice(0, -style.lineBreak.length),
    })
  }

  private reprint(owner: Owner | undefined): void {
    if (owner === undefined) {
      this.isHopeless = true
      return
    }
    const { entry, nodes, column } = owner
    if (this.reprinted.has(entry.node)) return
    this.reprinted.add(entry.node)
    const rendered = renderEntry(nodes, column, this.source.style)
    this.edits.push({
      start: entry.start,
      end: entry.textEnd,
      text: entry.startsLine ? rendered : rendered.slice(column),
    })
  }
}

function isLeaf(node: Node): boolean {
  return node.kind === 'scalar' || node.kind === 'alias'
}

/** The item, or key and value, that are the entry `index` of a collection. */
function partsOf(collection: Node, index: number): readonly Node[] {
  const step = collection.kind === 'mapping' ? 2 : 1
  return collection.content.slice(index * step, index * step + step)
}

function printOf(nodes: readonly Node[]): string {
  return nodes.map(fingerprint).join('')
}
