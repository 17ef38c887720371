import { parseYaml11 } from '../resources/parse-yaml.ts'
import { showAll } from '../resources/show-value.ts'
import { isList, isMap, member, setMember, type Value, type ValueMap } from '../resources/value.ts'
import { asText, decodeBase64 } from './base64.ts'
import type { Fingerprints } from './fingerprints.ts'
import { isSecret, kindlessItems, kindOf, maskSecret } from './mask-secret.ts'
import { mayContainSecret, MAX_LAYERS, namesSecret, withoutEscapes } from './may-contain-secret.ts'
import { base64Regions, encodedRegions, commentBlocks, heredocs, type Region } from './text-regions.ts'

/**
 * Masks every Secret in a tree, in place: objects, and Secrets in files, scripts and base64 within its strings. Returns
 * whether there were any.
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

/** Masks a map that is a Secret, or the items of a list of Secrets. */
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

/** Masks keys, which can be multi-line text, too. */
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

/** Masks the secrets in a text; undefined when it contains none. */
export function maskText(text: string, fingerprints: Fingerprints, layer = 0): string | undefined {
  if (!mayContainSecret(text)) return undefined
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

/** Whether a YAML document is a single quoted or block scalar. */
function isQuoted(text: string): boolean {
  return /^\s*(?:(?:#[^\n]*|---)\s+)*["'|>!&]/u.test(text)
}

/** Decodes a text that is base64 as a whole, possibly wrapped. */
function decodeWhole(text: string): string | undefined {
  const bytes = decodeBase64(text.replace(/[ \t]/gu, ''))
  return bytes === undefined ? undefined : asText(bytes)
}

/** A part of a text; `done` when it has been masked. */
interface Piece {
  readonly text: string
  readonly done: boolean
}

/** Masks heredocs, comments and encoded parts. A Secret outside of them masks the whole text. */
function maskParts(text: string, fingerprints: Fingerprints, layer: number): string | undefined {
  let pieces: readonly Piece[] = [{ text, done: false }]
  for (const regionsOf of [heredocs, commentBlocks, base64Regions, encodedRegions]) {
    pieces = pieces.flatMap((piece) =>
      piece.done ? [piece] : maskRegions(piece.text, regionsOf(piece.text), fingerprints, layer),
    )
  }
  const shown = pieces.map((piece) => piece.text).join('')
  const outside = pieces.map((piece) => (piece.done ? '' : piece.text)).join('')
  if (namesSecret(outside) || (shown !== text && FIELD_OF_SECRET.test(outside)))
    return fingerprints.hide(text)
  const plain = withoutEscapes(outside)
  if (plain !== outside && maskText(plain, fingerprints, layer + 1) !== undefined)
    return fingerprints.hide(text)
  return shown === text ? undefined : shown
}

/** Such a line outside of the masked parts means that a Secret began within them. */
const FIELD_OF_SECRET = /^[ \t]*(?:data|stringData)[ \t]*:/imu

function maskComments(text: string, fingerprints: Fingerprints, layer: number): string | undefined {
  const pieces = maskRegions(text, commentBlocks(text), fingerprints, layer)
  const shown = pieces.map((piece) => piece.text).join('')
  return shown === text ? undefined : shown
}

function maskRegions(
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
    pieces.push({ text: text.slice(at, start), done: false })
    pieces.push({ text: masked === undefined ? whole : wrap(masked), done: true })
    at = end
  }
  return [...pieces, { text: text.slice(at), done: false }]
}
