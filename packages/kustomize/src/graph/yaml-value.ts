export { positionsIn as makeLocator } from '@overlay-render/system'
import {
  type Alias,
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  visit,
  Parser,
} from 'yaml'

import { once } from '@overlay-render/system'

import { plainValue } from './plain-value.ts'
import { scalarKind } from './scalar-kind.ts'
import type { Entry, Value } from './value.ts'

export type { Entry, Value } from './value.ts'

export interface YamlFault {
  readonly message: string
  readonly at: number
}

export interface YamlDocument {
  readonly value: Value
  readonly fault: YamlFault | undefined
}

/** The size of the cache of first documents. */
const MAX_KEPT = 100
const MAX_KEPT_LENGTH = 100_000

/** A cache, because the walks of a workspace read mostly the same kustomizations. */
const kept = new Map<string, YamlDocument>()

/** The first document of `text`; kustomize ignores the others of a kustomization. */
export function readFirstDocument(text: string): YamlDocument {
  const known = kept.get(text)
  if (known !== undefined) return known
  const document = firstDocument(text)
  if (kept.size >= MAX_KEPT) kept.clear()
  if (text.length <= MAX_KEPT_LENGTH) kept.set(text, document)
  return document
}

function firstDocument(text: string): YamlDocument {
  for (const document of readDocuments(text)) return document
  return { value: { kind: 'null', at: 0, text: '' }, fault: undefined }
}

/** Every document of `text`, up to and including the first with a syntax error. */
export function* readDocuments(text: string): Generator<YamlDocument> {
  const plain = plainValue(text)
  if (plain !== undefined) {
    yield { value: plain, fault: undefined }
    return
  }
  // Scalars stay text here; their types are resolved below by go-yaml's rules.
  const composer = new Composer({ schema: 'failsafe', strict: false, uniqueKeys: false, merge: false })
  try {
    for (const document of composer.compose(new Parser().parse(text))) {
      const [error] = document.errors
      if (error !== undefined) {
        yield {
          value: { kind: 'null', at: 0, text: '' },
          fault: { message: sentenceOf(error.message), at: error.pos[0] },
        }
        return
      }
      const { aliases, unknown } = aliasesOf(document, text)
      const value = valueOf(document.contents, aliases)
      yield { value, fault: unknown }
      if (unknown !== undefined) return
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    yield { value: { kind: 'null', at: 0, text: '' }, fault: { message: 'it is nested too deeply', at: 0 } }
  }
}

function sentenceOf(message: string): string {
  const [first = message] = message.split('\n')
  return first.replace(/ at line \d+, column \d+:?$/u, '').replace(/[.:]$/u, '')
}

/** The targets of a document's aliases. */
type Aliases = ReadonlyMap<Alias, Node>

/** An alias refers to the last node before it with that anchor, and must not be inside it. */
function aliasesOf(
  document: Document.Parsed,
  text: string,
): { readonly aliases: Aliases; readonly unknown: YamlFault | undefined } {
  const aliases = new Map<Alias, Node>()
  let unknown: YamlFault | undefined
  if (!text.includes('*')) return { aliases, unknown }
  const anchors = new Map<string, Node>()
  visit(document, {
    Value(_key, node) {
      if (node.anchor !== undefined) anchors.set(node.anchor, node)
    },
    Alias(_key, alias) {
      const target = anchors.get(alias.source)
      const at = alias.range?.[0] ?? 0
      if (target !== undefined && (target.range?.[1] ?? 0) <= at) aliases.set(alias, target)
      else unknown ??= { message: `the alias *${alias.source} has no anchor before it`, at }
    },
  })
  return { aliases, unknown }
}

function valueOf(node: Node | null, aliases: Aliases): Value {
  const at = node?.range?.[0] ?? 0
  if (isAlias(node)) {
    const target = aliases.get(node)
    // An alias keeps its own offset: the line where the user uses the value.
    return target === undefined ? { kind: 'null', at, text: '' } : { ...valueOf(target, aliases), at }
  }
  if (isMap(node)) return { kind: 'map', at, entries: once(() => entriesOf(node.items, aliases)) }
  if (isSeq(node)) {
    return { kind: 'list', at, items: once(() => node.items.map((item) => valueOf(asNode(item), aliases))) }
  }
  if (isScalar(node)) {
    const text = String(node.value ?? '')
    return { kind: scalarKind(text, (node.type ?? 'PLAIN') === 'PLAIN', node.tag), at, text }
  }
  return { kind: 'null', at, text: '' }
}

function asNode(item: unknown): Node | null {
  return isMap(item) || isSeq(item) || isScalar(item) || isAlias(item) ? item : null
}

/** The largest number of entries of a map after merging. (go-yaml rejects aliases that expand too far.) */
const MAX_ENTRIES = 100_000

/** The entries of a map with merge keys applied in order, so that later ones win. */
function entriesOf(items: readonly Pair[], aliases: Aliases): Entry[] {
  const merged = new Map<string, Entry>()
  const written = new Map<string, number>()
  const pending = items.toReversed()
  let count = 0
  let own = items.length
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const isOwn = pending.length < own
    if (isOwn) own = pending.length
    if (++count > MAX_ENTRIES) break
    const keyNode = asNode(pair.key)
    const valueNode = asNode(pair.value)
    if (isMergeKey(keyNode)) {
      pending.push(...mergedPairs(valueNode, aliases).toReversed())
      continue
    }
    const key = valueOf(keyNode, aliases)
    if (key.kind === 'map' || key.kind === 'list') continue
    const value =
      valueNode === null ? { kind: 'null' as const, at: key.at, text: '' } : valueOf(valueNode, aliases)
    const first = isOwn ? written.get(key.text) : undefined
    if (isOwn && first === undefined) written.set(key.text, key.at)
    merged.set(key.text, {
      key: key.text,
      at: key.at,
      value,
      ...(first === undefined ? {} : { repeats: first }),
    })
  }
  return [...merged.values()]
}

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined
}

/** The entries of a merge key in go-yaml's order: of a list, the first map is set last. */
function mergedPairs(node: Node | null, aliases: Aliases): Pair[] {
  const target = isAlias(node) ? (aliases.get(node) ?? null) : node
  if (isMap(target)) return [...target.items]
  if (!isSeq(target)) return []
  return target.items.toReversed().flatMap((item) => {
    const map = isAlias(item) ? aliases.get(item) : item
    return isMap(map) ? map.items : []
  })
}
