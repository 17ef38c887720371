import { mapEntries } from '../../tree/children.ts'
import type { Node } from '../../tree/node.ts'
import { footText, headAndLineText, headText, lineText } from '../comment-text.ts'
import { cannotEncode } from '../format-fault.ts'
import { runWalk, type Walk } from '../nested-walk.ts'
import type { XmlPreferences } from '../preferences.ts'
import { XmlWriter } from './writer.ts'

/** Encodes a map as XML: keys become elements, keys with the prefix attributes, and lists repeated elements. */
export function encodeXml(
  node: Node,
  leadingContent: string,
  indent: number,
  preferences: XmlPreferences,
): string {
  const encoder = new XmlEncoder(indent, preferences)
  return encoder.encode(node, leadingContent)
}

class XmlEncoder {
  readonly #writer: XmlWriter
  readonly #preferences: XmlPreferences

  constructor(indent: number, preferences: XmlPreferences) {
    this.#writer = new XmlWriter(indent)
    this.#preferences = preferences
  }

  encode(node: Node, leadingContent: string): string {
    if (node.tag === '!!map') this.#xmlDeclaration(node)
    if (leadingContent !== '') {
      this.#comment(leadingContent)
      this.#writer.lineBreak()
    }
    if (node.kind === 'scalar') {
      this.#writer.text(node.value)
      return this.#writer.toString()
    }
    if (node.kind !== 'mapping') {
      throw cannotEncode(`cannot encode ${node.tag} to XML - only maps can be encoded`)
    }
    runWalk(this.#document(node))
    this.#writer.lineBreak()
    return this.#writer.toString()
  }

  /** Writes `<?xml … ?>`, which comes before everything else, comments included. */
  #xmlDeclaration(node: Node): void {
    for (const [key, value] of mapEntries(node)) {
      if (key.value !== `${this.#preferences.processingInstructionPrefix}xml`) continue
      this.#writer.instruction('xml', value.value)
      this.#writer.lineBreak()
    }
  }

  *#document(node: Node): Walk {
    this.#comment(headAndLineText(node))
    for (const [key, value] of mapEntries(node)) {
      const comment = headAndLineText(key)
      this.#comment(comment)
      if (comment !== '') this.#writer.lineBreak()
      if (key.value === `${this.#preferences.processingInstructionPrefix}xml`) {
        // Already written at the start.
      } else if (this.#markup(key, value)) this.#writer.lineBreak()
      else yield this.#value(value, key.value)
      this.#comment(footText(key))
    }
    this.#comment(footText(node))
  }

  /** Writes a processing instruction or a directive; false when the key is neither. */
  #markup(key: Node, value: Node): boolean {
    const { processingInstructionPrefix, directiveName } = this.#preferences
    if (key.value.startsWith(processingInstructionPrefix)) {
      this.#writer.instruction(key.value.slice(processingInstructionPrefix.length), value.value)
    } else if (key.value === directiveName) this.#writer.directive(value.value)
    else return false
    return true
  }

  *#value(node: Node, name: string): Walk {
    switch (node.kind) {
      case 'mapping':
        yield this.#element(node, name)
        break
      case 'sequence':
        this.#comment(headAndLineText(node))
        for (const item of node.content) yield this.#value(item, name)
        this.#comment(footText(node))
        break
      case 'scalar':
        this.#writer.start(name, [])
        this.#comment(headText(node))
        this.#writer.text(node.value)
        this.#comment(lineText(node))
        this.#writer.end(name)
        this.#comment(footText(node))
        break
      case 'alias':
        throw cannotEncode(`unsupported type ${node.tag}`)
    }
  }

  *#element(node: Node, name: string): Walk {
    this.#writer.start(name, this.#attributes(node))
    this.#comment(headText(node))
    for (const [key, value] of mapEntries(node)) {
      this.#comment(headAndLineText(key))
      if (this.#markup(key, value)) {
        // Already written.
      } else if (key.value === this.#preferences.contentName) {
        this.#comment(headAndLineText(value))
        this.#writer.text(value.value)
        this.#comment(footText(value))
      } else if (!this.#isAttribute(key)) yield this.#value(value, key.value)
      this.#comment(footText(key))
    }
    this.#writer.end(name)
    this.#comment(footText(node))
  }

  #attributes(node: Node): [name: string, value: string][] {
    const attributes: [name: string, value: string][] = []
    for (const [key, value] of mapEntries(node)) {
      if (!this.#isAttribute(key)) continue
      if (value.kind !== 'scalar') {
        throw cannotEncode(`cannot use ${value.tag} as attribute, only scalars are supported`)
      }
      attributes.push([key.value.slice(this.#preferences.attributePrefix.length), value.value])
    }
    return attributes
  }

  #isAttribute({ value }: Node): boolean {
    const { attributePrefix, contentName, directiveName, processingInstructionPrefix } = this.#preferences
    return (
      value.startsWith(attributePrefix) &&
      value !== contentName &&
      value !== directiveName &&
      !value.startsWith(processingInstructionPrefix)
    )
  }

  #comment(comment: string): void {
    if (comment !== '') this.#writer.comment(xmlComment(comment))
  }
}

/** A YAML comment as the content of an XML comment, with a space at both ends. */
function xmlComment(comment: string): string {
  let text: string
  if (comment.length > 2 && comment.slice(1, -1).includes('\n')) {
    text = comment.replace(/\n$/, '').replace(/(^|\n) *# ?([^\n]*)/g, '$1$2')
    if (!/^[\n ]/.test(text)) text = ` ${text}`
  } else {
    text = comment.replace(/^\s*#([^\n]*)\n?/, '$1')
  }
  return /[ \n]$/.test(text) ? text : `${text} `
}
