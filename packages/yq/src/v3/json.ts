import { YqFault } from '../errors.ts'
import { runWalk, type Walk } from '../formats/nested-walk.ts'
import { type Node, Style } from '../tree/node.ts'
import { resolveTag } from '../tree/resolve-tag.ts'
import { scalarValue } from '../tree/scalar-value.ts'
import { decodeScalarText } from './decode-text.ts'

/** Limits: an alias inside its own anchor never ends, and nested aliases expand exponentially. */
const MAX_LEVELS = 10_000
const MAX_NODES = 1_000_000
const MAX_CHARACTERS = 50_000_000

/**
 * Prints a document as JSON like `-j` of yq 3.4.1: aliases are followed, `<<` is a normal key, and nulls in lists are left
 * out.
 *
 * @throws YqFault for values that JSON cannot represent, and beyond the limits above
 */
export function printJson(root: Node, hasLines: boolean): string {
  const writer = new JsonWriter(hasLines)
  runWalk(writer.write(root, 0))
  return `${writer.text}\n`
}

class JsonWriter {
  text = ''
  #nodes = 0
  readonly #hasLines: boolean

  constructor(hasLines: boolean) {
    this.#hasLines = hasLines
  }

  *write(node: Node, level: number): Walk {
    this.#nodes += 1
    if (level > MAX_LEVELS || this.#nodes > MAX_NODES || this.text.length > MAX_CHARACTERS)
      throw fault(
        `the document expands to more than ${MAX_LEVELS} levels, ${MAX_NODES} nodes or ${MAX_CHARACTERS} characters of JSON`,
        'limit-exceeded',
      )
    const target = targetOf(node)
    if (target.kind === 'scalar') this.text += scalarText(target)
    else yield target.kind === 'mapping' ? this.#writeMap(target, level) : this.#writeList(target, level)
  }

  *#writeMap({ content }: Node, level: number): Walk {
    this.text += '{'
    for (let index = 0; index + 1 < content.length; index += 2) {
      const key = content[index]
      const value = content[index + 1]
      if (key === undefined || value === undefined) continue
      this.#separate(index > 0, level + 1)
      this.text += `${stringText(keyText(key))}:${this.#hasLines ? ' ' : ''}`
      yield this.write(value, level + 1)
    }
    if (content.length > 0) this.#breakLine(level)
    this.text += '}'
  }

  *#writeList({ content }: Node, level: number): Walk {
    this.text += '['
    const items = content.filter((item) => !isNull(targetOf(item)))
    for (const [index, item] of items.entries()) {
      this.#separate(index > 0, level + 1)
      yield this.write(item, level + 1)
    }
    if (items.length > 0) this.#breakLine(level)
    this.text += ']'
  }

  #separate(hasBefore: boolean, level: number): void {
    if (hasBefore) this.text += ','
    this.#breakLine(level)
  }

  #breakLine(level: number): void {
    if (this.#hasLines) this.text += `\n${'  '.repeat(level)}`
  }
}

function targetOf(node: Node): Node {
  return node.kind === 'alias' && node.alias !== undefined ? node.alias : node
}

function keyText(key: Node): string {
  const target = targetOf(key)
  if (target.kind !== 'scalar') throw fault('JSON has no keys that are maps or lists')
  return target.value
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && scalarText(node) === 'null'
}

const QUOTED = Style.single | Style.double | Style.literal | Style.folded

/** The tag of a node. New nodes have none: it is inferred from their text. */
function tagOf({ tag, style, value }: Node): string {
  if (tag !== '') return tag
  return (style & QUOTED) === 0 ? resolveTag(value) : '!!str'
}

function scalarText(node: Node): string {
  const tag = tagOf(node)
  const decoded = decodeScalarText({ tag, value: node.value })
  if ('error' in decoded) throw fault(decoded.error)
  if (decoded.text === null) return 'null'
  if (tag === '!!timestamp') throw fault(`the date ${node.value} is another text in JSON: quote it`)
  if (tag === '!!binary') return stringText(decoded.text)
  const value = scalarValue({ tag, value: node.value })
  if (typeof value === 'number' && !Number.isFinite(value)) throw fault(`JSON has no ${node.value}`)
  if (Object.is(value, -0)) return '-0'
  return typeof value === 'string' ? stringText(value) : String(value)
}

/** A JSON string with Go's escapes: also the characters of HTML, and JavaScript's line separators. */
function stringText(text: string): string {
  return JSON.stringify(text)
    .replaceAll(
      /[<>&\u2028\u2029]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll(/\\[bf]/gu, (escape) => (escape === '\\b' ? '\\u0008' : '\\u000c'))
}

function fault(message: string, code: 'unsupported' | 'limit-exceeded' = 'unsupported'): YqFault {
  return new YqFault({ code, message })
}
