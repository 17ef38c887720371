import { type Edition, YQ_4 } from '../edition.ts'
import { YqFault } from '../errors.ts'
import { hasInvalidUtf8 } from '../go/byte-text.ts'
import { type Node, Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'
import { Output } from './output.ts'
import { PendingComments } from './pending-comments.ts'
import { analyzeScalar, isSimplePlain, type ScalarAnalysis } from './scalar-analysis.ts'
import { BINARY_TAG, binaryText } from './binary-text.ts'
import { chooseStyle, wantedStyle } from './scalar-style.ts'
import { isSimpleKey } from './simple-key.ts'
import { printedTag, tagText } from './tag-text.ts'
import { writeBlockScalar, writeDoubleQuoted, writePlain, writeSingleQuoted } from './write-scalar.ts'

export interface EmitterOptions {
  /** Spaces per level, 2 to 9. */
  readonly indent: number
  /** Whether `- ` counts as indentation of a sequence in a mapping. */
  readonly compactSequences: boolean
  /** yq 4 when absent. */
  readonly edition?: Edition
}

/** Prints a tree without its leading content. The text ends with a line break. */
export function emitTree(root: Node, options: EmitterOptions): string {
  return new Emitter(options).emit(root)
}

/** A collection that is being printed. */
interface Frame {
  readonly node: Node
  readonly isFlow: boolean
  readonly isMapping: boolean
  readonly place: Place
  /** Indentation of the enclosing collection. */
  readonly outerIndent: number
  /** Number of children begun; -1 before the collection is opened. */
  index: number
  /** Whether the last key was printed without `?`. */
  isSimpleKey: boolean
  /** In flow style: whether the comma after the last part is already printed, because a comment follows it. */
  hasComma: boolean
  /** The foot comment of the previous key, which is printed after that key's value. */
  tail: string
}

/** The role of a node in its collection. */
interface Place {
  readonly isInMapping: boolean
  readonly isKey: boolean
  /** Whether it is a key without `?`. */
  readonly isSimpleKey: boolean
}

const ALONE: Place = { isInMapping: false, isKey: false, isSimpleKey: false }
const VALUE: Place = { isInMapping: true, isKey: false, isSimpleKey: false }
const SIMPLE_KEY: Place = { isInMapping: true, isKey: true, isSimpleKey: true }
const COMPLEX_KEY: Place = { isInMapping: true, isKey: true, isSimpleKey: false }

/** The emitter of libyaml with go-yaml's changes, on a tree instead of events. */
class Emitter {
  readonly #output = new Output()
  readonly #comments = new PendingComments(this.#output)
  readonly #indentWidth: number
  readonly #compactSequences: boolean
  readonly #edition: Edition
  readonly #frames: Frame[] = []
  #root: Node | undefined
  #indent = -1
  #flowLevel = 0

  constructor({ indent, compactSequences, edition = YQ_4 }: EmitterOptions) {
    this.#edition = edition
    this.#indentWidth = indent
    this.#compactSequences = compactSequences
  }

  emit(root: Node): string {
    if (this.#edition.joinsDocumentComments) this.#root = root
    this.#putDocumentHead(root.document?.headComment ?? '')
    this.#comments.take(root, this.#root === root ? '' : root.footComment)
    this.#comments.putHead(this.#indent)
    this.#emitNode(root, ALONE)
    this.#comments.putLineAndFoot(this.#indent)
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) this.#step(frame)
    this.#output.footIndent = 0
    this.#comments.foot = root.document?.footComment || this.#comments.foot
    this.#comments.putFoot(this.#indent)
    this.#output.footIndent = -1
    this.#output.indentTo(this.#indent)
    return this.#output.text
  }

  /** Prints the document's head comment and a blank line. */
  #putDocumentHead(comment: string): void {
    if (comment === '') return
    this.#comments.head = comment
    this.#comments.putHead(this.#indent)
    this.#output.breakLine()
  }

  #step(frame: Frame): void {
    const { node, isMapping, isFlow } = frame
    const index = Math.max(frame.index, 0)
    const isComplete = !isMapping || index % 2 === 1 || index + 1 < node.content.length
    const child = isComplete ? node.content[index] : undefined
    if (child === undefined) {
      if (isFlow) this.#endFlow(frame)
      else this.#endBlock(frame)
    } else if (!isMapping) {
      if (isFlow) this.#emitFlowItem(frame, child)
      else this.#emitBlockItem(frame, child)
    } else if (index % 2 === 0) {
      if (isFlow) this.#emitFlowKey(frame, child)
      else this.#emitBlockKey(frame, child)
    } else if (isFlow) {
      this.#emitFlowValue(frame, child)
    } else {
      this.#emitBlockValue(frame, child)
    }
  }

  #emitBlockItem(frame: Frame, item: Node): void {
    this.#comments.take(item, item.footComment)
    this.#openBlock(frame)
    frame.index++
    this.#comments.putHead(this.#indent)
    this.#output.indentTo(this.#indent)
    this.#output.putBlockIndicator('-')
    this.#emitNode(item, ALONE)
    this.#comments.putLineAndFoot(this.#indent)
  }

  #emitBlockKey(frame: Frame, key: Node): void {
    const output = this.#output
    this.#comments.take(key, '', frame.tail)
    frame.tail = key.footComment
    this.#openBlock(frame)
    frame.index++
    this.#comments.putHead(this.#indent)
    output.indentTo(this.#indent)
    if (this.#comments.line !== '') {
      this.#comments.keyLine = this.#comments.line
      this.#comments.line = ''
    }
    frame.isSimpleKey = isSimpleKey(key, this.#edition)
    if (frame.isSimpleKey) {
      this.#emitNode(key, SIMPLE_KEY)
      // Without a blank, `:` would be part of the alias name.
      if (key.kind === 'alias' && this.#edition.spacesAliasKeys) output.put(' ')
    } else {
      output.putBlockIndicator('?')
      this.#emitNode(key, COMPLEX_KEY)
    }
  }

  #emitBlockValue(frame: Frame, value: Node): void {
    const output = this.#output
    this.#comments.take(value, value.footComment)
    frame.index++
    if (frame.isSimpleKey) {
      output.putClosing(':')
    } else {
      output.indentTo(this.#indent)
      output.putBlockIndicator(':')
    }
    if (this.#comments.keyLine !== '') {
      if (this.#edition.putsKeyCommentsFirst) this.#putKeyLine(value)
      else this.#placeKeyLine(value)
    }
    this.#emitNode(value, VALUE)
    this.#comments.putLineAndFoot(this.#indent)
  }

  /** Prints a key's line comment after the `:` of a block collection, or keeps it for a scalar value without line comment. */
  #placeKeyLine(value: Node): void {
    if (value.kind === 'scalar') {
      if (this.#comments.line !== '') return
      this.#comments.line = this.#comments.keyLine
      this.#comments.keyLine = ''
    } else if (value.kind !== 'alias' && (value.style & Style.flow) === 0) {
      const valueLine = this.#comments.line
      this.#comments.line = this.#comments.keyLine
      this.#comments.putLine(this.#indent)
      this.#comments.keyLine = ''
      this.#comments.line = valueLine
    }
  }

  /** yq 3 prints it right after the `:`. A value that is not a block collection then starts a new line. */
  #putKeyLine(value: Node): void {
    const valueLine = this.#comments.line
    this.#comments.line = this.#comments.keyLine
    this.#comments.keyLine = ''
    const isSilent =
      value.kind === 'scalar' && value.value === '' && printedTag(value, this.#edition).tag === ''
    if (isSilent && valueLine === '') return
    this.#comments.putLine(this.#indent)
    this.#comments.line = valueLine
    if (value.kind === 'scalar' || value.kind === 'alias' || (value.style & Style.flow) !== 0) {
      this.#indent = this.#indentWidth * Math.floor((this.#indent + this.#indentWidth) / this.#indentWidth)
      this.#output.indentTo(this.#indent)
    }
  }

  #endBlock(frame: Frame): void {
    this.#takeEndComments(frame)
    if (frame.isMapping) this.#comments.putHead(this.#indent)
    this.#indent = frame.outerIndent
    this.#frames.pop()
  }

  #emitFlowItem(frame: Frame, item: Node): void {
    this.#comments.take(item, item.footComment)
    this.#beginFlowPart(frame)
    frame.hasComma = this.#comments.hasTrailing()
    this.#emitNode(item, ALONE)
    this.#putCommaAndComments()
  }

  #emitFlowKey(frame: Frame, key: Node): void {
    this.#comments.take(key, '', frame.tail)
    frame.tail = key.footComment
    this.#beginFlowPart(frame)
    frame.isSimpleKey = isSimpleKey(key, this.#edition)
    if (!frame.isSimpleKey) this.#output.putIndicator('?')
    this.#emitNode(key, frame.isSimpleKey ? SIMPLE_KEY : COMPLEX_KEY)
  }

  #emitFlowValue(frame: Frame, value: Node): void {
    this.#comments.take(value, value.footComment)
    frame.index++
    if (frame.isSimpleKey) this.#output.putClosing(':')
    else this.#output.putIndicator(':')
    frame.hasComma = this.#comments.hasTrailing()
    this.#emitNode(value, VALUE)
    this.#putCommaAndComments()
  }

  /** Opens the collection or prints the comma after the previous part, then the head comment of this part. */
  #beginFlowPart(frame: Frame): void {
    if (frame.index < 0) this.#openFlow(frame)
    else if (!frame.hasComma) this.#output.putClosing(',')
    frame.index++
    this.#comments.putHead(this.#indent)
    if (this.#output.column === 0) this.#output.indentTo(this.#indent)
  }

  #putCommaAndComments(): void {
    if (this.#comments.hasTrailing()) this.#output.putClosing(',')
    this.#comments.putLineAndFoot(this.#indent)
  }

  #endFlow(frame: Frame): void {
    const output = this.#output
    const { isMapping } = frame
    this.#takeEndComments(frame)
    const hasParts = frame.index >= 0
    if (!hasParts) this.#openFlow(frame)
    if (isMapping) {
      if (
        hasParts &&
        !frame.hasComma &&
        this.#comments.head + this.#comments.foot + this.#comments.tail !== ''
      )
        output.putClosing(',')
      this.#comments.putHead(this.#indent)
    }
    this.#flowLevel--
    this.#indent = frame.outerIndent
    if (!isMapping && output.column === 0) output.indentTo(this.#indent)
    output.putClosing(isMapping ? '}' : ']')
    this.#comments.putLineAndFoot(this.#indent)
    this.#frames.pop()
  }

  #openFlow(frame: Frame): void {
    frame.index = 0
    this.#output.putOpening(frame.isMapping ? '{' : '[')
    this.#indent = this.#deeper(this.#frames.at(-2), true)
    this.#flowLevel++
  }

  #openBlock(frame: Frame): void {
    if (frame.index >= 0) return
    frame.index = 0
    const output = this.#output
    const isAfterKey = frame.place.isInMapping && (output.column === 0 || !output.isIndentation)
    this.#indent = this.#deeper(
      this.#frames.at(-2),
      false,
      this.#compactSequences && !frame.isMapping && isAfterKey,
    )
  }

  /** Indentation of the children of a collection in `around`. */
  #deeper(around: Frame | undefined, isFlow: boolean, isCompact = false): number {
    const indent = this.#indent
    const width = this.#indentWidth
    if (indent < 0) return isFlow ? width : 0
    // In a sequence, the first level is as wide as the `- `.
    if (around !== undefined && !around.isMapping && !around.isFlow) return indent + 2
    return width * Math.floor((indent + width) / width) - (isCompact ? 2 : 0)
  }

  #emitNode(node: Node, place: Place): void {
    if (node.kind === 'alias') {
      this.#putAnchor('*', node.value)
      return
    }
    if (node.kind === 'scalar' && this.#emitString(node)) return
    const { tag, mustQuote } = printedTag(node, this.#edition)
    if (node.kind === 'scalar') {
      this.#emitScalar(node, tag, mustQuote, place)
      return
    }
    if (node.anchor !== '') this.#putAnchor('&', node.anchor)
    if (tag !== '') this.#putTag(tag)
    this.#frames.push({
      node,
      isFlow: this.#flowLevel > 0 || (node.style & Style.flow) !== 0 || node.content.length === 0,
      isMapping: node.kind === 'mapping',
      place,
      outerIndent: this.#indent,
      index: -1,
      isSimpleKey: false,
      hasComma: false,
      tail: '',
    })
  }

  /** Fast path for plain and double-quoted strings without anchor. Returns whether it printed the node. */
  #emitString({ tag, style, anchor, value }: Node): boolean {
    if (tag !== '!!str' || anchor !== '') return false
    if (style === Style.plain && isSimplePlain(value, this.#flowLevel > 0) && resolveTag(value) === '!!str')
      writePlain(this.#output, value)
    else if (style === Style.double && !hasInvalidUtf8(value)) writeDoubleQuoted(this.#output, value)
    else return false
    return true
  }

  #emitScalar(node: Node, inferredTag: string, mustQuote: boolean, { isSimpleKey }: Place): void {
    const output = this.#output
    let tag = inferredTag
    let text = node.value
    let analysis: ScalarAnalysis = analyzeScalar(text)
    if (!analysis.allowsSingle && hasInvalidUtf8(text)) {
      text = binaryText(text, tag)
      tag = BINARY_TAG
      analysis = analyzeScalar(text)
    }
    const place = { isInFlow: this.#flowLevel > 0, isSimpleKey }
    const style = chooseStyle(wantedStyle(node, mustQuote), text, analysis, place)
    if (node.anchor !== '') this.#putAnchor('&', node.anchor)
    if (tag !== '') this.#putTag(tag)
    if (style === Style.plain) {
      writePlain(output, text)
    } else if (style === Style.double) {
      writeDoubleQuoted(output, text)
    } else {
      const indent = this.#indent
      this.#indent = this.#deeper(this.#frames.at(-1), true)
      if (style === Style.single) {
        writeSingleQuoted(output, text, this.#indent)
      } else {
        writeBlockScalar(output, text, style, {
          indent: this.#indent,
          indentHint: this.#indentWidth,
          hintsLeadingBreaks: this.#edition.hintsLeadingBreaks,
          endLine: () => this.#endHeader(),
        })
      }
      this.#indent = indent
    }
  }

  #endHeader(): void {
    if (this.#comments.line === '' || !this.#edition.keepsHeaderComments) this.#output.breakLine()
    else this.#comments.putLine(this.#indent)
  }

  /** Takes the comments at the end of a collection. The root's foot comment is printed last, a key's after its value. */
  #takeEndComments({ node, tail, place }: Frame): void {
    const hasFoot = node !== this.#root && !place.isKey
    this.#comments.takeEnd(node.lineComment, hasFoot ? node.footComment : '', tail)
  }

  #putAnchor(indicator: '&' | '*', name: string): void {
    const what = indicator === '&' ? 'anchor' : 'alias'
    if (name === '') failToPrint(`${what} value must not be empty`)
    if (!ANCHOR_NAME.test(name)) failToPrint(`${what} value must contain valid characters only`)
    this.#output.putIndicator(indicator + name)
  }

  #putTag(tag: string): void {
    this.#output.putIndicator(tagText(tag))
  }
}

/** Printable ASCII except blanks, `:` and flow indicators. */
const ANCHOR_NAME = /^[!-+\--9;-Z\\^-z|~]+$/

function failToPrint(message: string): never {
  throw new YqFault({
    code: 'evaluation-failed',
    message,
    yqMessage: `go-yaml dump error in emitter: ${message}`,
  })
}
