import { type DocumentInfo, type Kind, Node, Style } from '../../tree/node.ts'
import { resolveTag } from '../../tree/resolve-tag.ts'
import type { CommentQueue } from './comments.ts'
import { NodeBound } from '../../budget/memory-bounds.ts'
import type { Cursor, Mark } from './cursor.ts'
import type { ScannedToken } from './token.ts'

/** The properties of a node; '' for absent ones. `tag` is in long form (`tag:yaml.org,2002:str`). */
export interface Properties {
  readonly anchor: string
  readonly tag: string
  readonly start: Mark
  readonly end: number
}

const STANDARD_PREFIX = 'tag:yaml.org,2002:'
const QUOTED = Style.single | Style.double | Style.literal | Style.folded
const COLLECTION_TAGS = { mapping: '!!map', sequence: '!!seq' } as const

export interface ComposerOptions extends Omit<DocumentInfo, 'leadingContent'> {
  /** See `ReadOptions`. */
  readonly indicators?: Map<Node, number> | undefined
}

/** Builds the nodes of documents, assigns comments, and records anchors for aliases. */
export class Composer {
  readonly #cursor: Cursor
  readonly #comments: CommentQueue
  readonly #document: Omit<DocumentInfo, 'index' | 'leadingContent'>
  #index: number
  #root: Node | undefined
  #headComment = ''
  #footComment = ''
  readonly #open: Node[] = []
  /** By name. Later documents of the stream can refer to an anchor, too. */
  readonly #anchors = new Map<string, Node>()
  #count = 0
  readonly #bound = new NodeBound()
  /** See `ReadOptions.indicators`. */
  readonly #indicators: Map<Node, number> | undefined
  /** Offset of the indicator in front of the next node, -1 for none. */
  #indicator = -1
  /** Offset after the last token that belongs to a node. */
  #end = 0

  constructor(
    cursor: Cursor,
    comments: CommentQueue,
    { index, fileName, fileIndex, indicators }: ComposerOptions,
  ) {
    this.#cursor = cursor
    this.#comments = comments
    this.#document = { fileName, fileIndex }
    this.#index = index
    this.#indicators = indicators
  }

  /** The root of the document that was parsed last. */
  takeRoot(leadingContent: string): Node {
    const root = this.#root ?? new Node('scalar', '!!null')
    root.document = { ...this.#document, index: this.#index, leadingContent }
    if (!this.#cursor.edition.joinsDocumentComments) {
      root.document.headComment = this.#headComment
      root.document.footComment = this.#footComment
    }
    this.#index++
    this.#root = undefined
    return root
  }

  startDocument(headComment: string): void {
    this.#headComment = headComment
  }

  endDocument(footComment: string): void {
    const root = this.#root
    if (root === undefined) return
    if (!this.#cursor.edition.joinsDocumentComments) {
      this.#footComment = footComment
      return
    }
    // Joined without a line break, as yq does.
    root.headComment = this.#headComment + root.headComment
    root.footComment = footComment + root.footComment
  }

  addAlias(token: ScannedToken): void {
    const node = new Node('alias', '', token.value)
    const target = this.#anchors.get(token.value)
    if (target === undefined) {
      const message = `unknown anchor '${token.value}' referenced`
      this.#cursor.fail({ stage: 'composer', message, at: token })
    }
    node.alias = target
    this.#setPosition(node, token, token.end)
    this.#comments.assignTo(node)
    this.#attach(node)
  }

  addScalar(token: ScannedToken, properties: Properties | undefined): void {
    const node = new Node('scalar', '', token.value)
    node.style = token.style
    this.#setPosition(node, properties?.start ?? token, token.end)
    this.#comments.assignTo(node)
    if (properties !== undefined) this.#setProperties(node, properties)
    if (node.tag === '') node.tag = (node.style & QUOTED) === 0 ? resolveTag(node.value) : '!!str'
    this.#attach(node)
  }

  /** Adds an empty scalar, which takes no comments. */
  addEmpty(at: Mark, properties?: Properties): void {
    const node = new Node('scalar', '', '')
    this.#setPosition(node, at, properties?.end ?? at.offset)
    if (properties !== undefined) this.#setProperties(node, properties)
    if (node.tag === '') node.tag = '!!null'
    this.#attach(node)
  }

  startCollection(
    kind: Kind,
    style: number,
    token: ScannedToken,
    properties: Properties | undefined,
    head = '',
  ): void {
    const node = new Node(kind)
    node.style = style
    this.#setPosition(node, properties?.start ?? token, token.end)
    if (style === Style.flow) this.#comments.assignTo(node)
    else node.headComment = head
    if (properties !== undefined) this.#setProperties(node, properties)
    if (node.tag === '' && kind !== 'scalar' && kind !== 'alias') node.tag = COLLECTION_TAGS[kind]
    this.#open.push(node)
  }

  /** Starts the mapping with one pair that `[a: b]` contains. */
  startPair(token: ScannedToken): void {
    const node = new Node('mapping', '!!map')
    node.style = Style.flow
    this.#setPosition(node, token, token.end)
    this.#open.push(node)
  }

  endSequence(token: ScannedToken, takesComments = false): void {
    const node = this.#open.pop()
    if (node === undefined) return
    this.#finish(node, token, takesComments)
    this.#attach(node)
  }

  endMapping(token: ScannedToken, takesComments: boolean): void {
    const node = this.#open.pop()
    if (node === undefined) return
    this.#finish(node, token, takesComments)
    const lastKey = node.content.at(-2)
    if ((node.style & Style.flow) === 0 && node.footComment !== '' && lastKey !== undefined) {
      lastKey.footComment = node.footComment
      node.footComment = ''
    }
    this.#attach(node)
  }

  #finish(node: Node, token: ScannedToken, takesComments: boolean): void {
    node.lineComment = takesComments ? this.#comments.line : ''
    node.footComment = takesComments ? this.#comments.foot : ''
    if (takesComments) this.#comments.clear()
    if (token.end > token.offset && (node.style & Style.flow) !== 0 && takesComments) this.#end = token.end
    node.end = this.#end
  }

  #attach(node: Node): void {
    const parent = this.#open.at(-1)
    if (parent === undefined) {
      this.#root = node
      return
    }
    node.parent = parent
    // yq reads every node tagged as null as an empty scalar.
    if (node.tag === '!!null' && node.kind !== 'scalar') {
      node.kind = 'scalar'
      node.content = []
    }
    const { content } = parent
    if (parent.kind === 'sequence') node.setIndex(content.length, true)
    else if (content.length % 2 === 0) this.#attachKey(node, parent)
    else this.#attachValue(node, content.at(-1))
    content.push(node)
  }

  #attachKey(key: Node, mapping: Node): void {
    key.isMapKey = true
    const keyBefore = mapping.content.at(-2)
    if (key.footComment === '' || keyBefore === undefined || (mapping.style & Style.flow) !== 0) return
    // The foot comment in front of a key is below the previous pair.
    keyBefore.footComment = key.footComment
    key.footComment = ''
  }

  #attachValue(value: Node, key: Node | undefined): void {
    value.key = key
    if (key === undefined || key.footComment !== '' || value.footComment === '') return
    key.footComment = value.footComment
    value.footComment = ''
  }

  /** Records the offset of the `-`, `?` or `:` in front of the next node. */
  setIndicator(offset: number): void {
    this.#indicator = offset
  }

  #setPosition(node: Node, start: Mark, end: number): void {
    this.#indicators?.set(node, this.#indicator)
    this.#indicator = -1
    this.#count++
    const most = this.#bound.exceededBy(this.#count)
    if (most !== undefined) {
      const message = `the text has more than ${most} nodes`
      this.#cursor.fail({ stage: 'composer', message, at: start, code: 'limit-exceeded' })
    }
    node.line = start.line
    node.column = start.column
    node.start = start.offset
    node.end = end
    this.#end = end
  }

  #setProperties(node: Node, { anchor, tag }: Properties): void {
    if (anchor !== '') {
      node.anchor = anchor
      this.#anchors.set(anchor, node)
    }
    if (tag === '' || (tag === '!' && !this.#cursor.edition.keepsLoneTag)) return
    node.tag = tag.startsWith(STANDARD_PREFIX) ? `!!${tag.slice(STANDARD_PREFIX.length)}` : tag
    // The lone `!` sets no tag, it only prevents that one is inferred.
    if (tag !== '!') node.style |= Style.tagged
  }
}
