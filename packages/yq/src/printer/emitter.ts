import { type Edition, YQ_4 } from '../edition.ts'
import { YqFault } from '../errors.ts'
import { type Node, Style } from '../tree/node.ts'
import { Output } from './output.ts'
import { analyzeScalar, type ScalarAnalysis } from './scalar-analysis.ts'
import { chooseStyle, wantedStyle } from './scalar-style.ts'
import { printedTag, shortTag, tagText } from './tag-text.ts'
import { writeBlockScalar, writeDoubleQuoted, writePlain, writeSingleQuoted } from './write-scalar.ts'

export interface EmitterOptions {
  /** 2 to 9. */
  readonly indent: number
  /** Whether `- ` counts as indentation for a list in a map. */
  readonly compactSequences: boolean
  /** That of yq 4 when absent. */
  readonly edition?: Edition
}

/** How long the text of a key without `?` may be, with anchor and tag, in bytes. */
const SIMPLE_KEY_BYTES = 128

/** Prints a node and all below it, without leading content. Ends with a line break. */
export function emitTree(root: Node, options: EmitterOptions): string {
  return new Emitter(options).emit(root)
}

/** A collection that is being printed. */
interface Frame {
  readonly node: Node
  readonly isFlow: boolean
  readonly isMapping: boolean
  readonly place: Place
  /** The indentation around it. */
  readonly outerIndent: number
  /** How many of its children were begun; -1 before it was opened. */
  index: number
  /** Whether the last key was printed without `?`. */
  isSimpleKey: boolean
  /** In flow: whether the comma behind the last part stands already, since a comment follows it. */
  hasComma: boolean
  /** The foot comment of the key before, which is printed behind that key's value. */
  tail: string
}

/** Where a node stands in the collection around it. */
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

/**
 * libyaml's emitter as go-yaml has it, on a tree instead of events. A comment that finds no place at its node
 * is kept and printed at the next one that has a place for it: the comments below are therefore state.
 */
class Emitter {
  private readonly output = new Output()
  private readonly best: number
  private readonly compactSequences: boolean
  private readonly edition: Edition
  private readonly frames: Frame[] = []
  private root: Node | undefined
  private indent = -1
  private flowLevel = 0
  private head = ''
  private line = ''
  private foot = ''
  private tail = ''
  /** The line comment of the key whose value comes next. */
  private keyLine = ''

  constructor({ indent, compactSequences, edition = YQ_4 }: EmitterOptions) {
    this.edition = edition
    this.best = indent
    this.compactSequences = compactSequences
  }

  emit(root: Node): string {
    if (this.edition.joinsDocumentComments) this.root = root
    this.putDocumentHead(root.document?.headComment ?? '')
    this.takeComments(root, this.root === root ? '' : root.footComment)
    this.putHead()
    this.emitNode(root, ALONE)
    this.putLineAndFoot()
    for (let frame = this.frames.at(-1); frame !== undefined; frame = this.frames.at(-1)) this.step(frame)
    this.output.footIndent = 0
    this.foot = root.document?.footComment || this.foot
    this.putFoot()
    this.output.footIndent = -1
    this.output.indentTo(this.indent)
    return this.output.text
  }

  /** A blank line is behind it. */
  private putDocumentHead(comment: string): void {
    if (comment === '') return
    this.head = comment
    this.putHead()
    this.output.breakLine()
  }

  private step(frame: Frame): void {
    const { node, isMapping, isFlow } = frame
    const index = Math.max(frame.index, 0)
    const isComplete = !isMapping || index % 2 === 1 || index + 1 < node.content.length
    const child = isComplete ? node.content[index] : undefined
    if (child === undefined) {
      if (isFlow) this.endFlow(frame)
      else this.endBlock(frame)
    } else if (!isMapping) {
      if (isFlow) this.emitFlowItem(frame, child)
      else this.emitBlockItem(frame, child)
    } else if (index % 2 === 0) {
      if (isFlow) this.emitFlowKey(frame, child)
      else this.emitBlockKey(frame, child)
    } else if (isFlow) {
      this.emitFlowValue(frame, child)
    } else {
      this.emitBlockValue(frame, child)
    }
  }

  private emitBlockItem(frame: Frame, item: Node): void {
    this.takeComments(item, item.footComment)
    this.openBlock(frame)
    frame.index++
    this.putHead()
    this.output.indentTo(this.indent)
    this.output.putBlockIndicator('-')
    this.emitNode(item, ALONE)
    this.putLineAndFoot()
  }

  private emitBlockKey(frame: Frame, key: Node): void {
    const { output } = this
    this.takeComments(key, '', frame.tail)
    frame.tail = key.footComment
    this.openBlock(frame)
    frame.index++
    this.putHead()
    output.indentTo(this.indent)
    if (this.line !== '') {
      this.keyLine = this.line
      this.line = ''
    }
    frame.isSimpleKey = isSimpleKey(key, this.edition)
    if (frame.isSimpleKey) {
      this.emitNode(key, SIMPLE_KEY)
      // `:` could be taken for a part of the name.
      if (key.kind === 'alias' && this.edition.spacesAliasKeys) output.put(' ')
    } else {
      output.putBlockIndicator('?')
      this.emitNode(key, COMPLEX_KEY)
    }
  }

  private emitBlockValue(frame: Frame, value: Node): void {
    const { output } = this
    this.takeComments(value, value.footComment)
    frame.index++
    if (frame.isSimpleKey) {
      output.putClosing(':')
    } else {
      output.indentTo(this.indent)
      output.putBlockIndicator(':')
    }
    if (this.keyLine !== '') {
      if (this.edition.putsKeyCommentsFirst) this.putKeyLine(value)
      else this.placeKeyLine(value)
    }
    this.emitNode(value, VALUE)
    this.putLineAndFoot()
  }

  /** A key's line comment goes behind a scalar value that has none, or right behind the `:` of a block. */
  private placeKeyLine(value: Node): void {
    if (value.kind === 'scalar') {
      if (this.line !== '') return
      this.line = this.keyLine
      this.keyLine = ''
    } else if (value.kind !== 'alias' && (value.style & Style.flow) === 0) {
      const valueLine = this.line
      this.line = this.keyLine
      this.putLineComment()
      this.keyLine = ''
      this.line = valueLine
    }
  }

  /** Behind the `:`, whatever follows; a value that is not a block collection then begins a line. */
  private putKeyLine(value: Node): void {
    const valueLine = this.line
    this.line = this.keyLine
    this.keyLine = ''
    const isSilent =
      value.kind === 'scalar' && value.value === '' && printedTag(value, this.edition).tag === ''
    if (isSilent && valueLine === '') return
    this.putLineComment()
    this.line = valueLine
    if (value.kind === 'scalar' || value.kind === 'alias' || (value.style & Style.flow) !== 0) {
      this.indent = this.best * Math.floor((this.indent + this.best) / this.best)
      this.output.indentTo(this.indent)
    }
  }

  private endBlock(frame: Frame): void {
    this.takeEndComments(frame)
    if (frame.isMapping) this.putHead()
    this.indent = frame.outerIndent
    this.frames.pop()
  }

  private emitFlowItem(frame: Frame, item: Node): void {
    this.takeComments(item, item.footComment)
    this.beginFlowPart(frame)
    frame.hasComma = this.hasTrailingComment()
    this.emitNode(item, ALONE)
    this.putCommaAndComments()
  }

  private emitFlowKey(frame: Frame, key: Node): void {
    this.takeComments(key, '', frame.tail)
    frame.tail = key.footComment
    this.beginFlowPart(frame)
    frame.isSimpleKey = isSimpleKey(key, this.edition)
    if (!frame.isSimpleKey) this.output.putIndicator('?')
    this.emitNode(key, frame.isSimpleKey ? SIMPLE_KEY : COMPLEX_KEY)
  }

  private emitFlowValue(frame: Frame, value: Node): void {
    this.takeComments(value, value.footComment)
    frame.index++
    if (frame.isSimpleKey) this.output.putClosing(':')
    else this.output.putIndicator(':')
    frame.hasComma = this.hasTrailingComment()
    this.emitNode(value, VALUE)
    this.putCommaAndComments()
  }

  /** Opens the collection or puts the comma behind the part before, and what stands above this part. */
  private beginFlowPart(frame: Frame): void {
    if (frame.index < 0) this.openFlow(frame)
    else if (!frame.hasComma) this.output.putClosing(',')
    frame.index++
    this.putHead()
    if (this.output.column === 0) this.output.indentTo(this.indent)
  }

  private putCommaAndComments(): void {
    if (this.hasTrailingComment()) this.output.putClosing(',')
    this.putLineAndFoot()
  }

  private endFlow(frame: Frame): void {
    const { output } = this
    const { isMapping } = frame
    this.takeEndComments(frame)
    const hasParts = frame.index >= 0
    if (!hasParts) this.openFlow(frame)
    if (isMapping) {
      if (hasParts && !frame.hasComma && this.head + this.foot + this.tail !== '') output.putClosing(',')
      this.putHead()
    }
    this.flowLevel--
    this.indent = frame.outerIndent
    if (!isMapping && output.column === 0) output.indentTo(this.indent)
    output.putClosing(isMapping ? '}' : ']')
    this.putLineAndFoot()
    this.frames.pop()
  }

  private openFlow(frame: Frame): void {
    frame.index = 0
    this.output.putOpening(frame.isMapping ? '{' : '[')
    this.indent = this.deeper(this.frames.at(-2), true)
    this.flowLevel++
  }

  private openBlock(frame: Frame): void {
    if (frame.index >= 0) return
    frame.index = 0
    const { output } = this
    const isBehindKey = frame.place.isInMapping && (output.column === 0 || !output.isIndentation)
    this.indent = this.deeper(
      this.frames.at(-2),
      false,
      this.compactSequences && !frame.isMapping && isBehindKey,
    )
  }

  /** The indentation of what is in the collection `around`. */
  private deeper(around: Frame | undefined, isFlow: boolean, isCompact = false): number {
    const { indent, best } = this
    if (indent < 0) return isFlow ? best : 0
    // Inside a list, the first step is as wide as the `- `.
    if (around !== undefined && !around.isMapping && !around.isFlow) return indent + 2
    return best * Math.floor((indent + best) / best) - (isCompact ? 2 : 0)
  }

  private emitNode(node: Node, place: Place): void {
    if (node.kind === 'alias') {
      this.putAnchor('*', node.value)
      return
    }
    const { tag, mustQuote } = printedTag(node, this.edition)
    if (node.kind === 'scalar') {
      this.emitScalar(node, tag, mustQuote, place)
      return
    }
    if (node.anchor !== '') this.putAnchor('&', node.anchor)
    if (tag !== '') this.putTag(tag)
    this.frames.push({
      node,
      isFlow: this.flowLevel > 0 || (node.style & Style.flow) !== 0 || node.content.length === 0,
      isMapping: node.kind === 'mapping',
      place,
      outerIndent: this.indent,
      index: -1,
      isSimpleKey: false,
      hasComma: false,
      tail: '',
    })
  }

  private emitScalar(node: Node, tag: string, mustQuote: boolean, { isSimpleKey }: Place): void {
    const { output } = this
    const text = node.value
    const analysis: ScalarAnalysis = analyzeScalar(text)
    const place = { isInFlow: this.flowLevel > 0, isSimpleKey }
    const style = chooseStyle(wantedStyle(node, mustQuote), text, analysis, place)
    if (node.anchor !== '') this.putAnchor('&', node.anchor)
    if (tag !== '') this.putTag(tag)
    if (style === Style.plain) {
      writePlain(output, text)
    } else if (style === Style.double) {
      writeDoubleQuoted(output, text)
    } else {
      const indent = this.indent
      this.indent = this.deeper(this.frames.at(-1), true)
      if (style === Style.single) {
        writeSingleQuoted(output, text, this.indent)
      } else {
        writeBlockScalar(output, text, style, {
          indent: this.indent,
          indentHint: this.best,
          hintsLeadingBreaks: this.edition.hintsLeadingBreaks,
          endLine: () => this.endHeader(),
        })
      }
      this.indent = indent
    }
  }

  private endHeader(): void {
    if (this.line === '' || !this.edition.keepsHeaderComments) this.output.breakLine()
    else this.putLineComment()
  }

  private putAnchor(indicator: '&' | '*', name: string): void {
    const what = indicator === '&' ? 'anchor' : 'alias'
    if (name === '') failToPrint(`${what} value must not be empty`)
    if (!ANCHOR_NAME.test(name)) failToPrint(`${what} value must contain valid characters only`)
    this.output.putIndicator(indicator + name)
  }

  private putTag(tag: string): void {
    this.output.putIndicator(tagText(tag))
  }

  private takeComments(node: Node, foot: string, tail = ''): void {
    if (node.headComment !== '') this.head = node.headComment
    if (node.kind !== 'scalar' && node.kind !== 'alias') {
      if (node.kind === 'mapping' && tail !== '') this.tail = tail
      return
    }
    if (node.lineComment !== '') this.line = node.lineComment
    if (foot !== '') this.foot = foot
    if (node.kind === 'scalar' && tail !== '') this.tail = tail
  }

  private takeEndComments({ node, tail, place }: Frame): void {
    if (tail !== '') this.tail = tail
    if (node.lineComment !== '') this.line = node.lineComment
    // The foot of the root is printed apart, behind everything; that of a key behind its value.
    if (node.footComment !== '' && node !== this.root && !place.isKey) this.foot = node.footComment
  }

  private hasTrailingComment(): boolean {
    return this.line !== '' || this.foot !== '' || this.tail !== ''
  }

  private putHead(): void {
    if (this.tail !== '') {
      this.output.indentTo(this.indent)
      this.output.putComment(this.tail, this.indent)
      this.tail = ''
      this.output.footIndent = Math.max(this.indent, 0)
    }
    if (this.head === '') return
    this.output.indentTo(this.indent)
    this.output.putComment(this.head, this.indent)
    this.head = ''
  }

  private putLineAndFoot(): void {
    this.putLineComment()
    this.putFoot()
  }

  private putLineComment(): void {
    if (this.line === '') return
    if (!this.output.isSpaced) this.output.put(' ')
    this.output.putComment(this.line, this.indent)
    this.line = ''
  }

  private putFoot(): void {
    if (this.foot === '') return
    this.output.indentTo(this.indent)
    this.output.putComment(this.foot, this.indent)
    this.foot = ''
    this.output.footIndent = Math.max(this.indent, 0)
  }
}

/** Printable ASCII but blanks, `:` and the flow indicators. */
const ANCHOR_NAME = /^[!-+\--9;-Z\\^-z|~]+$/

/** Whether a key can do without `?`: it is short, and no collection that has anything in it. */
function isSimpleKey(key: Node, edition: Edition): boolean {
  if (key.kind === 'alias') return byteLength(key.value) <= SIMPLE_KEY_BYTES
  const { tag } = printedTag(key, edition)
  const length = byteLength(key.anchor) + byteLength(shortTag(tag))
  if (key.kind !== 'scalar') return key.content.length === 0 && length <= SIMPLE_KEY_BYTES
  return length + byteLength(key.value) <= SIMPLE_KEY_BYTES && !analyzeScalar(key.value).isMultiline
}

function byteLength(text: string): number {
  // A character has at most three bytes a unit.
  return text.length * 3 <= SIMPLE_KEY_BYTES / 2 ? text.length : Buffer.byteLength(text)
}

function failToPrint(message: string): never {
  throw new YqFault({
    code: 'evaluation-failed',
    message,
    yqMessage: `go-yaml dump error in emitter: ${message}`,
  })
}
