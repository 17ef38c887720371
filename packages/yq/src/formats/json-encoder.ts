import { isTruthy } from '../evaluator/truth.ts'
import { formatFloatPlain, parseFloat64 } from '../go/floats.ts'
import { numberRefusal, parseNotation } from '../go/integers.ts'
import { realTag } from '../tree/real-tag.ts'
import type { Node } from '../tree/node.ts'
import { inexpressible } from './format-fault.ts'

/** What a node is as JSON, with a final line break. `indent` 0 is one line. Aliases print what they point at. */
export function encodeJson(node: Node, indent: number): string {
  const pieces: string[] = []
  const open: Opened[] = []
  let next: Node | undefined = node
  for (;;) {
    if (next !== undefined) {
      const opened = write(next, pieces, open.length)
      if (opened !== undefined) open.push(opened)
    }
    const top = open.at(-1)
    if (top === undefined) break
    next = step(top, pieces, indent, open.length)
    if (next === undefined) open.pop()
  }
  return `${pieces.join('')}\n`
}

/** A collection that is being written, and how many of its nodes have been. */
interface Opened {
  readonly node: Node
  written: number
}

/** Writes a scalar or an empty collection, or the opening bracket of another one. */
function write(given: Node, pieces: string[], depth: number): Opened | undefined {
  const node = given.kind === 'alias' ? given.alias : given
  if (node === undefined) {
    pieces.push('null')
  } else if (node.kind === 'scalar') {
    pieces.push(jsonScalar(node, depth))
  } else if (node.content.length === 0) {
    pieces.push(node.kind === 'mapping' ? '{}' : '[]')
  } else {
    pieces.push(node.kind === 'mapping' ? '{' : '[')
    return { node, written: 0 }
  }
  return undefined
}

/** Writes what stands before the next value, and returns that value; writes the closing bracket at the end. */
function step(top: Opened, pieces: string[], indent: number, depth: number): Node | undefined {
  const { node } = top
  const isMapping = node.kind === 'mapping'
  if (top.written >= node.content.length) {
    pieces.push(lineBreak(indent, depth - 1), isMapping ? '}' : ']')
    return undefined
  }
  pieces.push(top.written > 0 ? ',' : '', lineBreak(indent, depth))
  if (isMapping) {
    pieces.push(jsonString(node.content[top.written]?.value ?? ''), indent > 0 ? ': ' : ':')
    top.written++
  }
  return node.content[top.written++]
}

function lineBreak(indent: number, depth: number): string {
  return indent > 0 ? `\n${' '.repeat(indent * depth)}` : ''
}

/** A float that JSON can hold as it is written keeps its text: `50.0`, `1e3`. */
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

/** yq names the type of its nodes once for each level above the fault. */
function refusal(reason: string, depth: number): Error {
  return inexpressible(
    'json: error calling MarshalJSON for type *yqlib.CandidateNode: '.repeat(depth + 1) + reason,
  )
}

const SPECIAL = /["\\\u2028\u2029\ud800-\udfff]|\p{Cc}/gu
const NAMED: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A JSON string as Go writes it: `<`, `>`, `&` and everything but controls and line separators as it is. */
function jsonString(text: string): string {
  return `"${text.replace(SPECIAL, escapeJson)}"`
}

function escapeJson(character: string): string {
  const named = NAMED[character]
  // DEL and the controls above it stand as they are.
  if (named !== undefined || (character >= '\u007f' && character <= '\u009f')) return named ?? character
  // Half of a pair, which is how bytes that are no UTF-8 are carried.
  if (character >= '\ud800' && character <= '\udfff') return '\\ufffd'
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
