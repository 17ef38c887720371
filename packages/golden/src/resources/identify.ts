import type { ResourceId } from './resource-id.ts'
import type { TextPart } from './text-part.ts'
import { memberAt, type Value } from './value.ts'

/** Scalars without quotes that are strings in every YAML version, as kustomize prints names. */
const PLAIN_NAME = /^[A-Za-z][\w./:-]*$/u
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null)$/iu

const [API_VERSION, KIND, METADATA] = ['\napiVersion: ', '\nkind: ', '\nmetadata:'] as const

/** In bytes: as much as most documents have before their `spec`. */
const HEAD = 512

/**
 * Scans a block-style document for the identity, without parsing it. Undefined when the text is ambiguous and must be parsed.
 */
export function scanId(document: TextPart): ResourceId | undefined {
  if (document.length <= HEAD) return scanText(document.head(HEAD))
  const id = scanText(document.head(HEAD), false)
  if (id !== undefined) return id
  const bytes = document.bytes()
  return scanText(bytes === undefined ? document.text : idFieldsOf(bytes))
}

/** @param isWhole whether the text cannot continue: a block at the end of a part of a text may. */
function scanText(text: string, isWhole = true): ResourceId | undefined {
  const apiVersion = lineAfter(text, API_VERSION)
  const kind = lineAfter(text, KIND)
  const metadata = blockBelow(text, METADATA, isWhole)
  if (apiVersion === undefined || kind === undefined || metadata === undefined) return undefined
  const name = lineAfter(metadata, '\n  name: ')
  const namespace = metadata.includes('\n  namespace:') ? lineAfter(metadata, '\n  namespace: ') : ''
  if (name === undefined || namespace === undefined) return undefined
  return { apiVersion, kind, namespace, name }
}

/** The fields with the identity, in the order of the document. */
function idFieldsOf(bytes: Buffer): string {
  return [API_VERSION, KIND, METADATA]
    .map((marker) => offsetOf(bytes, marker))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)
    .map((at) => fieldAt(bytes, at))
    .join('')
}

/** Where a marker that begins with a newline is; 0 if the document starts with the rest of it, -1 if it is missing. */
function offsetOf(bytes: Buffer, marker: string): number {
  return bytes.toString('latin1', 0, marker.length - 1) === marker.slice(1) ? 0 : bytes.indexOf(marker)
}

/** A top-level field with the lines below it. */
function fieldAt(bytes: Buffer, at: number): string {
  for (let size = 512; ; size *= 4) {
    const text = bytes.toString('latin1', at, at + size)
    const length = text.slice(1).search(BLOCK_END) + 1
    if (length > 0) return text.slice(0, length)
    if (at + size >= bytes.length) return text
  }
}

/** The plain scalar after the first marker. A second marker would be invalid YAML. */
function lineAfter(text: string, marker: string): string | undefined {
  const at = offsetAfter(text, marker)
  if (at < 0) return undefined
  const end = text.indexOf('\n', at)
  const value = (end < 0 ? text.slice(at) : text.slice(at, end)).trimEnd()
  return PLAIN_NAME.test(value) && !RESERVED.test(value) ? value : undefined
}

/** The offset after a marker that begins with a newline, also at the start of the text; -1 when it is missing. */
function offsetAfter(text: string, marker: string): number {
  if (text.startsWith(marker.slice(1))) return marker.length - 1
  const found = text.indexOf(marker)
  return found < 0 ? -1 : found + marker.length
}

const BLOCK_END = /\n[^\s#]/u
const TWO_SPACES = /^\r?\n {2}[^\s#]/u
const BLOCK_SCALAR = /[|>][-+0-9]*[ \t]*\r?\n/u

/** The indented lines below a key, starting with a newline; undefined when they include a block scalar. */
function blockBelow(text: string, marker: string, isWhole: boolean): string | undefined {
  const at = offsetAfter(text, marker)
  if (at < 0 || (text[at] !== '\n' && text[at] !== '\r')) return undefined
  const end = text.slice(at).search(BLOCK_END)
  if (end < 0 && !isWhole) return undefined
  const block = end < 0 ? text.slice(at) : text.slice(at, at + end)
  // Lines of a block scalar could look like keys, and another indentation would hide the real keys.
  return BLOCK_SCALAR.test(block) || !TWO_SPACES.test(block) ? undefined : block
}

/** The identity of a parsed document; parts that are missing or not strings are ''. */
export function idOf(value: Value): ResourceId {
  return {
    apiVersion: text(memberAt(value, 'apiVersion')),
    kind: text(memberAt(value, 'kind')),
    namespace: text(memberAt(value, 'metadata', 'namespace')),
    name: text(memberAt(value, 'metadata', 'name')),
  }
}

function text(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
