import { parseYaml11 } from '../resources/parse-yaml.ts'
import { showAll } from '../resources/show-value.ts'
import { isList, isMap, member, setMember, type Value, type ValueMap } from '../resources/value.ts'
import { asText, decodeBase64 } from './base64.ts'
import type { Fingerprints } from './fingerprints.ts'
import { isSecret, kindlessItems, kindOf, maskSecret } from './mask-secret.ts'
import { mayHoldSecret, MAX_LAYERS, namesSecret, withoutEscapes } from './may-hold-secret.ts'
import { base64Regions, encodedRegions, commentBlocks, heredocs, type Region } from './text-regions.ts'

/**
 * Replaces every Secret in a tree, in place: objects, and those in the files, scripts and base64 that its texts hold.
 * Whether there was one.
 */
export function maskTree(root: Value, fingerprints: Fingerprints, layer = 0): boolean {
  let found = false
  const mask = (text: string): string | undefined => maskText(text, fingerprints, layer)
  const pending: Value[] = [root]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (isMap(value)) {
      if (maskSecrets(value, fingerprints)) found = true
      if (maskKeys(value, mask)) found = true
    }
    for (const [key, part] of isList(value) ? value.entries() : isMap(value) ? Object.entries(value) : []) {
      if (isMap(part) || isList(part)) pending.push(part)
      if (typeof part !== 'string') continue
      const shown = mask(part)
      if (shown === undefined) continue
      put(value, key, fingerprints.ofText(part, shown))
      found = true
    }
  }
  return found
}

/** Masks a map that is a Secret, and the items of one that is a list of them. */
function maskSecrets(map: ValueMap, fingerprints: Fingerprints): boolean {
  const kind = kindOf(map)
  if (kind === undefined) return false
  const secrets = isSecret(map, kind) ? [map] : kindlessItems(map, kind)
  for (const secret of secrets) maskSecret(secret, fingerprints)
  return secrets.length > 0
}

function put(parent: Value, key: string | number, value: Value): void {
  if (isList(parent) && typeof key === 'number') parent[key] = value
  else if (isMap(parent)) setMember(parent, String(key), value)
}

/** A key can be a text of many lines, too. */
function maskKeys(map: ValueMap, mask: (text: string) => string | undefined): boolean {
  let found = false
  for (const key of Object.keys(map)) {
    const shown = mask(key)
    if (shown === undefined) continue
    const value = member(map, key) ?? null
    delete map[key]
    setMember(map, shown, value)
    found = true
  }
  return found
}

/** A text with the secrets in it replaced; undefined when it holds none. */
export function maskText(text: string, fingerprints: Fingerprints, layer = 0): string | undefined {
  if (!mayHoldSecret(text)) return undefined
  if (layer >= MAX_LAYERS) return fingerprints.hide(text)
  const decoded = decodeWhole(text)
  if (decoded !== undefined) return maskText(decoded, fingerprints, layer + 1)
  const parsed = parseYaml11(text)
  if (!parsed.ok) return maskParts(text, fingerprints, layer)
  const { documents } = parsed
  const [first] = documents
  if (documents.length === 1 && typeof first === 'string') {
    return isQuoted(text) ? maskText(first, fingerprints, layer + 1) : maskParts(text, fingerprints, layer)
  }
  if (maskTree(documents, fingerprints, layer + 1)) return documents.map(showAll).join('---\n')
  return maskComments(text, fingerprints, layer)
}

/** Whether a YAML text is one scalar in quotes or a block, whose value is another text. */
function isQuoted(text: string): boolean {
  return /^\s*(?:(?:#[^\n]*|---)\s+)*["'|>!&]/u.test(text)
}

/** The text after base64 that is the whole of a text, wrapped or not. */
function decodeWhole(text: string): string | undefined {
  const bytes = decodeBase64(text.replace(/[ \t]/gu, ''))
  return bytes === undefined ? undefined : asText(bytes)
}

/** A stretch of a text: `looked` when nothing in it is left to look for. */
interface Piece {
  readonly text: string
  readonly looked: boolean
}

/** A Secret outside of what can be told apart hides the whole text. */
function maskParts(text: string, fingerprints: Fingerprints, layer: number): string | undefined {
  let pieces: readonly Piece[] = [{ text, looked: false }]
  for (const regionsOf of [heredocs, commentBlocks, base64Regions, encodedRegions]) {
    pieces = pieces.flatMap((piece) =>
      piece.looked ? [piece] : lookInto(piece.text, regionsOf(piece.text), fingerprints, layer),
    )
  }
  const shown = pieces.map((piece) => piece.text).join('')
  const outside = pieces.map((piece) => (piece.looked ? '' : piece.text)).join('')
  if (namesSecret(outside) || (shown !== text && FIELD_OF_SECRET.test(outside)))
    return fingerprints.hide(text)
  const plain = withoutEscapes(outside)
  if (plain !== outside && maskText(plain, fingerprints, layer + 1) !== undefined)
    return fingerprints.hide(text)
  return shown === text ? undefined : shown
}

/** Where such a line is left over, a Secret began in what was taken for a heredoc. */
const FIELD_OF_SECRET = /^[ \t]*(?:data|stringData)[ \t]*:/imu

function maskComments(text: string, fingerprints: Fingerprints, layer: number): string | undefined {
  const pieces = lookInto(text, commentBlocks(text), fingerprints, layer)
  const shown = pieces.map((piece) => piece.text).join('')
  return shown === text ? undefined : shown
}

function lookInto(
  text: string,
  regions: readonly Region[],
  fingerprints: Fingerprints,
  layer: number,
): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end, body, wrap } of regions) {
    const masked = maskText(body, fingerprints, layer + 1)
    const whole = text.slice(start, end)
    pieces.push({ text: text.slice(at, start), looked: false })
    pieces.push({ text: masked === undefined ? whole : wrap(masked), looked: true })
    at = end
  }
  return [...pieces, { text: text.slice(at), looked: false }]
}
