import { GoldenFault } from '../golden-fault.ts'
import type { Resource } from '../resources/manifests.ts'
import { compareIds, groupOf, type ResourceId } from '../resources/resource-id.ts'

/** The layout of goldens on disk: one file per overlay, or a folder per overlay with one file per resource. */
export type GoldenLayout = 'file' | 'resources'

/** A golden file: its path relative to the store, with `/`, and its content. */
export interface GoldenFile {
  readonly path: string
  readonly content: string
}

/** One resource of a golden. */
export interface GoldenDocument {
  readonly id: ResourceId
  readonly text: string
}

/** The files of an overlay's golden: documents sorted by identity, each with one newline at the end. */
export function goldenFiles(
  overlay: string,
  documents: readonly GoldenDocument[],
  layout: GoldenLayout,
): GoldenFile[] {
  checkOverlayName(overlay)
  const sorted = [...documents].sort((a, b) => compareIds(a.id, b.id))
  if (layout === 'file') {
    return [{ path: `${overlay}.yaml`, content: sorted.map(({ text }) => trimDocument(text)).join('---\n') }]
  }
  const names = fileNames(sorted.map(({ id }) => id))
  return sorted.map(({ text }, index) => ({
    path: `${overlay}/${names[index] ?? ''}`,
    content: trimDocument(text),
  }))
}

/** In this block style (`|+`), blank lines at the end are content. */
const KEEPS_BLANK_LINES = /[|>]\d?\+\d?[ \t]*(?:#.*)?$/mu

/** Normalises a document: Unix line ends, no blank lines around it, one newline at the end. */
function trimDocument(text: string): string {
  const document = text.replace(/\r\n/gu, '\n').replace(/^[\uFEFF\n]+/u, '')
  if (KEEPS_BLANK_LINES.test(document)) return document.endsWith('\n') ? document : `${document}\n`
  return `${document.trimEnd()}\n`
}

export function documentOf({ id, text }: Resource): GoldenDocument {
  return { id, text }
}

const CLUSTER_WIDE = '_cluster'

/** `<namespace>/<kind>[.<group>]_<name>.yaml`; the version is added only if two files would have the same name. */
function fileNames(ids: readonly ResourceId[]): string[] {
  const count = new Map<string, number>()
  const plain = ids.map((id) => fileName(id, ''))
  // Some file systems ignore case.
  for (const name of plain) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1)
  const taken = new Map<string, number>()
  return ids.map((id, index) => {
    const name = plain[index] ?? ''
    if ((count.get(name.toLowerCase()) ?? 0) === 1) return name
    const own = fileName(id, distinction(id))
    const before = taken.get(own) ?? 0
    taken.set(own, before + 1)
    // Identities may be duplicated.
    return before === 0 ? own : fileName(id, `${distinction(id)}_${before + 1}`)
  })
}

function fileName({ apiVersion, kind, namespace, name }: ResourceId, suffix: string): string {
  const group = groupOf(apiVersion)
  const type = group === '' ? kind : `${kind}.${group}`
  const folder = namespace === '' ? CLUSTER_WIDE : safe(namespace)
  return `${folder}/${safe(type)}_${safe(name)}${suffix}.yaml`
}

/** The version and the indices of capital letters, to distinguish names on file systems that ignore case. */
function distinction({ apiVersion, kind, namespace, name }: ResourceId): string {
  const capitals = Array.from(`${namespace}/${kind}/${name}`, (letter, index) =>
    /[A-Z]/u.test(letter) ? index : -1,
  )
  return `_${safe(apiVersion.slice(apiVersion.indexOf('/') + 1))}_${capitals.filter((index) => index >= 0).join('-')}`
}

/** Escapes unusual characters as %XX, such as the colons of role names, which Windows forbids. */
function safe(name: string): string {
  const escaped = name.replace(/[^A-Za-z0-9._-]/gu, (character) => encodeCharacter(character))
  return escaped.startsWith('.') ? `%2E${escaped.slice(1)}` : escaped
}

function encodeCharacter(character: string): string {
  return [...Buffer.from(character, 'utf8')]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}

/** @throws GoldenFault `overlay-name-invalid` for a name that would leave the store */
export function checkOverlayName(overlay: string): void {
  const parts = overlay.split(/[/\\]/u)
  if (parts.every((part) => part !== '' && part !== '.' && part !== '..') && !/\p{Cc}/u.test(overlay)) return
  throw new GoldenFault({
    code: 'overlay-name-invalid',
    message: `${JSON.stringify(overlay)} is not a valid name of an overlay`,
  })
}
