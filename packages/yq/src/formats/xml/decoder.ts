import { takeNodes } from '../../budget/node-budget.ts'
import { Node } from '../../tree/node.ts'
import { isSpace, trimSpace } from '../../go/white-space.ts'
import { attachItem, attachPair } from '../attach.ts'
import { malformed } from '../format-fault.ts'
import type { XmlPreferences } from '../preferences.ts'
import { xmlElements } from './elements.ts'
import type { XmlName, XmlToken } from './token.ts'
import { xmlTokens } from './tokens.ts'

/** An element while it is read. Children with the same name are grouped, in the order of the first of each. */
class Element {
  readonly children: Map<string, Siblings> = new Map()
  headComment = ''
  lineComment = ''
  footComment = ''
  readonly data: string[] = []

  constructor(...data: readonly string[]) {
    this.data.push(...data)
  }

  add(name: string, child: Element): void {
    // In addition to the resulting node.
    takeNodes(2)
    const siblings = this.children.get(name)
    if (siblings === undefined) this.children.set(name, { elements: [child], footComment: '' })
    else siblings.elements.push(child)
  }
}

interface Siblings {
  readonly elements: Element[]
  footComment: string
}

/** What was read last inside an element, which decides where a comment goes. */
type Progress = 'empty' | 'has-child' | 'has-text' | 'finished'

interface OpenElement {
  readonly element: Element
  readonly label: string
  progress: Progress
}

/** Decodes XML to one map. Attributes and processing instructions become keys with a prefix. */
export function* decodeXml(text: string, preferences: XmlPreferences): Generator<Node> {
  const root = readElements(text, preferences)
  yield nodeOf(root, preferences.contentName)
}

function readElements(text: string, preferences: XmlPreferences): Element {
  const tokens = preferences.rawToken
    ? xmlTokens(text, preferences.strict)
    : xmlElements(text, preferences.strict)
  const root = new Element()
  const open: OpenElement[] = [{ element: root, label: '', progress: 'empty' }]
  let started = false
  for (const token of tokens) {
    const current = open.at(-1)
    if (current !== undefined) applyToken(token, current, open, started, preferences)
    // After an end tag without a start tag, yq accepts only more end tags, and crashes otherwise.
    else if (token.kind !== 'end' && !(token.kind === 'text' && trimNonGraphic(token.text) === '')) {
      throw malformed('invalid XML: there are more end tags than start tags')
    }
    started = true
  }
  return root
}

function applyToken(
  token: XmlToken,
  current: OpenElement,
  open: OpenElement[],
  started: boolean,
  preferences: XmlPreferences,
): void {
  const { element } = current
  switch (token.kind) {
    case 'start': {
      current.progress = 'has-child'
      const child = new Element()
      for (const { name, value } of token.attributes) {
        child.add(preferences.attributePrefix + labelOf(name, preferences), new Element(value))
      }
      open.push({ element: child, label: labelOf(token.name, preferences), progress: 'empty' })
      break
    }
    case 'end':
      current.progress = 'finished'
      open.pop()
      open.at(-1)?.element.add(current.label, element)
      break
    case 'text': {
      const text = trimNonGraphic(token.text)
      if (text === '') break
      if (!started) {
        throw malformed(`invalid XML: Encountered chardata [${text}] outside of XML node`)
      }
      element.data.push(text)
      current.progress = 'has-text'
      break
    }
    case 'comment':
      applyComment(current, token.text)
      break
    case 'instruction':
      if (!preferences.skipProcessingInstructions) {
        element.add(preferences.processingInstructionPrefix + token.target, new Element(token.text))
      }
      break
    case 'directive':
      if (!preferences.skipDirectives) element.add(preferences.directiveName, new Element(token.text))
  }
}

function labelOf({ space, local }: XmlName, { keepNamespace }: XmlPreferences): string {
  return keepNamespace && space !== '' ? `${space}:${local}` : local
}

function applyComment({ element, progress }: OpenElement, comment: string): void {
  if (progress === 'has-text') element.lineComment = joined(element.lineComment, comment, ' ')
  else if (progress !== 'has-child') element.headComment = joined(element.headComment, comment, ' ')
  else applyFootComment(element, comment)
}

/** A comment after a child belongs to that child: to the scalar itself, or to the key of a map. */
function applyFootComment(element: Element, comment: string): void {
  const siblings = [...element.children.values()].at(-1)
  const last = siblings?.elements.at(-1)
  if (siblings === undefined || last === undefined) {
    element.footComment = joined(element.footComment, comment, ' ')
  } else if (siblings.elements[0]?.children.size === 0) {
    last.footComment = joined(last.footComment, comment, ' ')
  } else {
    siblings.footComment = joined(element.footComment, comment, ' ')
  }
}

function joined(first: string, second: string, separator: string): string {
  return first === '' || second === '' ? first + second : first + separator + second
}

/** A node of the tree to be filled from an element. */
interface Pending {
  readonly element: Element
  readonly node: Node
}

/** Converts elements to nodes from the outside in, without recursion. */
function nodeOf(root: Element, contentName: string): Node {
  const rootNode = new Node('scalar')
  const pending: Pending[] = [{ element: root, node: rootNode }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.element.children.size > 0) fillMap(next, contentName, pending)
    else fillScalar(next)
  }
  return rootNode
}

function fillMap({ element, node }: Pending, contentName: string, pending: Pending[]): void {
  node.kind = 'mapping'
  node.tag = '!!map'
  if (element.data.length > 0) {
    const key = new Node('scalar', '!!str', contentName)
    applyComments(key, element)
    attachPair(node, key, dataNode(element.data))
  }
  let first = true
  for (const [label, siblings] of element.children) {
    const key = new Node('scalar', '!!str', label)
    if (first) key.headComment = commentText(element.headComment)
    first = false
    key.footComment = commentText(siblings.footComment)
    const value = new Node('scalar')
    attachPair(node, key, value)
    const [only, second] = siblings.elements
    if (only === undefined) continue
    if (second === undefined) {
      moveScalarComment(only, key)
      pending.push({ element: only, node: value })
      continue
    }
    value.kind = 'sequence'
    value.tag = '!!seq'
    for (const sibling of siblings.elements) {
      const item = new Node('scalar')
      attachItem(value, item)
      pending.push({ element: sibling, node: item })
    }
  }
}

/** Moves the head comment of a scalar to its key, and that of an empty element to its line comment. */
function moveScalarComment(element: Element, key: Node): void {
  if (element.children.size > 0 || element.headComment === '') return
  if (element.data.length > 0) key.headComment = joined(key.headComment, trimSpace(element.headComment), '\n')
  else element.lineComment = element.headComment
  element.headComment = ''
}

function fillScalar({ element, node }: Pending): void {
  const data = dataNode(element.data)
  node.kind = data.kind
  node.tag = data.tag
  node.value = data.value
  for (const item of data.content) attachItem(node, item)
  applyComments(node, element)
  const [first] = node.content
  if (first !== undefined) {
    first.headComment = node.lineComment
    node.lineComment = ''
  }
}

function applyComments(node: Node, element: Element): void {
  node.headComment = commentText(element.headComment)
  node.lineComment = commentText(element.lineComment)
  node.footComment = commentText(element.footComment)
}

/** Text that markup splits into several pieces becomes a list. */
function dataNode(data: readonly string[]): Node {
  const [first, second] = data
  if (first === undefined) return new Node('scalar', '!!null', '')
  if (second === undefined) return new Node('scalar', '!!str', first)
  const list = new Node('sequence', '!!seq')
  for (const piece of data) attachItem(list, new Node('scalar', '!!str', piece))
  return list
}

/** An XML comment as a YAML one: `#` before every line, and a space where a line starts with a letter. */
function commentText(comment: string): string {
  if (comment === '') return ''
  const spaced = comment.replace(/(^|\n)([A-Za-z])/g, '$1 $2').replace(/ +$/, '')
  return `#${spaced.replaceAll('\n', '\n#')}`
}

/** Trims characters that are not letters, marks, numbers, punctuation or symbols. */
function trimNonGraphic(text: string): string {
  const characters = Array.from(text)
  const first = characters.findIndex(isGraphic)
  return first < 0 ? '' : characters.slice(first, characters.findLastIndex(isGraphic) + 1).join('')
}

function isGraphic(character: string): boolean {
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character) && !isSpace(character)
}
