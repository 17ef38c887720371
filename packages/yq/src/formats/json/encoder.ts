import { isTruthy } from '../../operators/truth.ts'
import { formatFloatPlain, parseFloat64 } from '../../go/floats.ts'
import { numberRefusal, parseNotation } from '../../go/integers.ts'
import { realTag } from '../../tree/real-tag.ts'
import type { Node } from '../../tree/node.ts'
import { cannotEncode } from '../format-fault.ts'

/** Encodes a node as JSON with a final line break. `indent` 0 means one line. Aliases are replaced by their targets. */
export function encodeJson(node: Node, indent: number): string {
  return new JsonWriter(indent).write(node)
}

/** A collection being written, and the number of nodes written so far. */
interface Opened {
  readonly node: Node
  written: number
}

class JsonWriter {
  readonly #indent: number
  readonly #open: Opened[] = []
  #text = ''

  constructor(indent: number) {
    this.#indent = indent
  }

  write(root: Node): string {
    this.#start(root)
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) this.#step(top)
    return `${this.#text}\n`
  }

  /** Writes a scalar or an empty collection, or the opening bracket of another one. */
  #start(given: Node): void {
    const node = given.kind === 'alias' ? given.alias : given
    if (node === undefined) {
      this.#text += 'null'
    } else if (node.kind === 'scalar') {
      this.#text += jsonScalar(node, this.#open.length)
    } else if (node.content.length === 0) {
      this.#text += node.kind === 'mapping' ? '{}' : '[]'
    } else {
      this.#text += node.kind === 'mapping' ? '{' : '['
      this.#open.push({ node, written: 0 })
    }
  }

  /** Writes the next child of a collection, or its closing bracket. */
  #step(top: Opened): void {
    const { node, written } = top
    const isMapping = node.kind === 'mapping'
    const child = node.content[isMapping ? written + 1 : written]
    if (child === undefined) {
      this.#open.pop()
      this.#text += this.#lineBreak() + (isMapping ? '}' : ']')
      return
    }
    this.#text += (written > 0 ? ',' : '') + this.#lineBreak()
    if (isMapping) {
      this.#text += jsonString(node.content[written]?.value ?? '') + (this.#indent > 0 ? ': ' : ':')
    }
    top.written += isMapping ? 2 : 1
    this.#start(child)
  }

  #lineBreak(): string {
    return this.#indent > 0 ? `\n${' '.repeat(this.#indent * this.#open.length)}` : ''
  }
}

/** A float that is valid JSON keeps its text: `50.0`, `1e3`. */
const JSON_FRACTION = /^-?(?:0|[1-9]\d*)(?=[.eE])(?:\.\d+)?(?:[eE][-+]?\d+)?$/

function jsonScalar(node: Node, depth: number): string {
  const { value } = node
  switch (realTag(node)) {
    case '!!int': {
      const parsed = parseNotation(value)
      if (!parsed.ok) throw refusal(numberRefusal('ParseInt', parsed.digits, parsed.reason), depth)
      return parsed.value.toString()
    }
    case '!!float':
      return jsonFloat(value, depth)
    case '!!bool':
      return String(isTruthy(node))
    case '!!null':
      return 'null'
    default:
      return jsonString(value)
  }
}

function jsonFloat(text: string, depth: number): string {
  const parsed = parseFloat64(text)
  if (!parsed.ok) throw refusal(numberRefusal('ParseFloat', text, parsed.reason), depth)
  if (!Number.isFinite(parsed.value)) throw refusal(`json: unsupported value: ${text}`, depth)
  if (JSON_FRACTION.test(text)) return text
  const plain = formatFloatPlain(parsed.value)
  return plain.includes('.') ? plain : `${plain}.0`
}

/** yq's message repeats the type of its nodes for each level above the error. */
function refusal(reason: string, depth: number): Error {
  return cannotEncode(
    'json: error calling MarshalJSON for type *yqlib.CandidateNode: '.repeat(depth + 1) + reason,
  )
}

/** Matches quotes, backslashes, control characters, line separators and lone surrogates. */
const SPECIAL = /[^ !#-[\]-~\u{a0}-\u{2027}\u{202a}-\u{d7ff}\u{e000}-\u{10ffff}]/gu
const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** Long strings are escaped in pieces, because the engine records every match until the end. */
const PIECE = 65_536

/** A JSON string like in Go without HTML escaping: only controls and line separators are escaped. */
function jsonString(text: string): string {
  if (text.length <= PIECE) return `"${text.replace(SPECIAL, escapeJson)}"`
  const pieces: string[] = []
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start + PIECE
    // Do not split surrogate pairs.
    if (/[\ud800-\udbff]/.test(text.charAt(end - 1))) end++
    pieces.push(text.slice(start, end).replace(SPECIAL, escapeJson))
  }
  return `"${pieces.join('')}"`
}

function escapeJson(character: string): string {
  const named = NAMED[character]
  // DEL and the controls above it are not escaped.
  if (named !== undefined || (character >= '\u007f' && character <= '\u009f')) return named ?? character
  // A lone surrogate represents a byte that is not UTF-8.
  if (character >= '\ud800' && character <= '\udfff') return '\\ufffd'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
