/** The kind of a node. An `alias` (`*name`) has its target in `Node.alias`. */
export type Kind = 'mapping' | 'sequence' | 'scalar' | 'alias'

/**
 * The style of a node, as bits, because yq combines `tagged` with a quote style. 0 is plain or block style. The bits are
 * go-yaml's, which yq's `style` operator prints.
 */
export const Style = {
  plain: 0,
  tagged: 1,
  double: 2,
  single: 4,
  literal: 8,
  folded: 16,
  flow: 32,
} as const

/** Attributes of a document, stored in its root. */
export interface DocumentInfo {
  /** Index of the document in its file, from 0. */
  index: number
  /** Index of the file among the inputs, from 0. */
  fileIndex: number
  fileName: string
  /**
   * The lines that yq removes from the start of a file before parsing: comments, blank lines, directives and separators.
   * They are printed before the root. A separator is kept as the marker line `$yqDocSeparator$`.
   */
  leadingContent: string
  /** The comments above and below the document, if they are not joined to those of its root (yq 3). */
  headComment?: string
  footComment?: string
  /** Set when all documents are evaluated at once: operators such as `as` and `[…]` then see them together. */
  together?: boolean
}

/**
 * One node of a YAML document, with everything that affects how it is printed. As in go-yaml, a `headComment` is on the
 * lines above, a `lineComment` at the end of the line, a `footComment` on the lines below. Comments include their `#`;
 * lines are joined by `\n`.
 *
 * The content of a mapping is key, value, key, value, …; the content of a sequence is its items. Nodes are mutable:
 * `alias`, `parent` and `key` are references, and operators change nodes in place.
 */
export class Node {
  kind: Kind
  style = 0
  /** Short form (`!!str`), a custom tag as written (`!vault`), or '' when unknown. */
  tag: string
  /** The unquoted text of a scalar; the name of an alias; '' otherwise. */
  value: string
  anchor = ''
  alias: Node | undefined = undefined
  content: Node[] = []
  headComment = ''
  lineComment = ''
  footComment = ''
  parent: Node | undefined = undefined
  /**
   * The value of `key`. An item has a number until the getter creates its index node, because most are never needed. An
   * index set by a reader is stored as `~index`: yq marks these index nodes as keys, which `.[0] | key | path` shows.
   */
  #keyOrIndex: Node | number | undefined = undefined
  isMapKey = false
  /** A TOML inline table (`{…}`), which is printed as one. */
  isInlineTable = false
  /** 1-based; 0 for a node created by an expression. */
  line = 0
  /** 1-based, in characters; 0 for a node created by an expression. */
  column = 0
  /** UTF-16 offsets of the node in its source, including anchor and tag; -1 for a node created by an expression. */
  start = -1
  end = -1
  document: DocumentInfo | undefined = undefined

  constructor(kind: Kind, tag = '', value = '') {
    this.kind = kind
    this.tag = tag
    this.value = value
  }

  /** The key of a mapping's value, or a scalar node with the index of a sequence's item. */
  get key(): Node | undefined {
    if (typeof this.#keyOrIndex === 'number') {
      const wasRead = this.#keyOrIndex < 0
      const index = new Node('scalar', '!!int', String(wasRead ? ~this.#keyOrIndex : this.#keyOrIndex))
      index.parent = this.parent
      index.isMapKey = wasRead
      this.#keyOrIndex = index
    }
    return this.#keyOrIndex
  }

  set key(key: Node | undefined) {
    this.#keyOrIndex = key
  }

  /** Sets the index of this item in its parent sequence; `wasRead` if a reader sets it. */
  setIndex(index: number, wasRead = false): void {
    this.#keyOrIndex = wasRead ? ~index : index
  }
}
