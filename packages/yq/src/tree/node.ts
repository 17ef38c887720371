/** The kind of a node. `alias` is `*name`, with its target in `Node.alias`. */
export type Kind = 'mapping' | 'sequence' | 'scalar' | 'alias'

/**
 * How a node was written, as bits, because yq lets two be together (`tagged` and a quote style). 0 is plain
 * or block. The bits and their order are those that yq's `style` operator reveals.
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
   * What yq takes off the front of a file before parsing: comments, blank lines, directives and separators,
   * printed back in front of the root. A separator is kept as the marker line `$yqDocSeparator$`.
   */
  leadingContent: string
  /** The comments above and below the document, where they are kept apart from those of its root, as in yq 3. */
  headComment?: string
  footComment?: string
  /** Set when all documents are evaluated at once: operators such as `as` and `[…]` then see them together. */
  together?: boolean
}

/**
 * One node of a YAML document with everything that decides the bytes it prints as. Comments have go-yaml's
 * meaning: `headComment` is on lines above, `lineComment` after on the same line, `footComment` on lines
 * below; each keeps its `#`, and lines are joined by `\n`.
 *
 * The content of a mapping is key, value, key, value, …; that of a sequence its items. Nodes are mutable and
 * have identity: an alias, a parent and a key are references, and operators change nodes in place.
 */
export class Node {
  kind: Kind
  style = 0
  /** Short form (`!!str`), `` when unknown, or a custom tag as written (`!vault`). */
  tag: string
  /** The text of a scalar after unquoting; the name of an alias; '' otherwise. */
  value: string
  anchor = ''
  alias: Node | undefined = undefined
  content: Node[] = []
  headComment = ''
  lineComment = ''
  footComment = ''
  parent: Node | undefined = undefined
  /**
   * What `key` gives; an index stands for its node until that is asked for, since most never are. The indices of
   * lists that were read are negated (`~index`): yq marks their nodes as keys, and `.[0] | key | path` shows it.
   */
  #keyOrIndex: Node | number | undefined = undefined
  isMapKey = false
  /** A map that TOML has in braces, and that is written so again. */
  isInlineTable = false
  /** 1-based; 0 when the node was made by an expression. */
  line = 0
  /** 1-based, in characters; 0 when the node was made by an expression. */
  column = 0
  /** UTF-16 offsets of the node's own text in its source, properties (anchor, tag) included; -1 when made. */
  start = -1
  end = -1
  document: DocumentInfo | undefined = undefined

  constructor(kind: Kind, tag = '', value = '') {
    this.kind = kind
    this.tag = tag
    this.value = value
  }

  /** The key of a mapping's value, or a made index node of a sequence's item. */
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

  /** Makes this node the item `index` of the sequence that is its parent; `wasRead` when a reader does it. */
  setIndex(index: number, wasRead = false): void {
    this.#keyOrIndex = wasRead ? ~index : index
  }
}
