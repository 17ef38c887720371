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

import { mergeEntries, type NodePair, type NodeReader } from './merge-entries.ts'
import { plainValue } from './plain-value.ts'
import { scalarKind } from './scalar-kind.ts'
import type { Value } from './value.ts'

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
  if (plain === undefined) yield* parseDocuments(text)
  else yield { value: plain, fault: undefined }
}

/** `readDocuments` with the YAML library alone. */
export function* parseDocuments(text: string): Generator<YamlDocument> {
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
  if (isMap(node)) {
    return { kind: 'map', at, entries: once(() => mergeEntries(pairsOf(node.items), nodeReader(aliases))) }
  }
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

function nodeReader(aliases: Aliases): NodeReader<Node | null> {
  const targetOf = (node: Node | null): Node | null => (isAlias(node) ? (aliases.get(node) ?? null) : node)
  const mapOf = (node: Node | null): NodePair<Node | null>[] => (isMap(node) ? pairsOf(node.items) : [])
  return {
    valueOf: (node) => valueOf(node, aliases),
    isMergeKey: (key) => isScalar(key) && key.value === '<<' && key.type === 'PLAIN' && key.tag === undefined,
    mapsOf(value = null) {
      const target = targetOf(value)
      return isSeq(target) ? target.items.map((item) => mapOf(targetOf(asNode(item)))) : [mapOf(target)]
    },
  }
}

function pairsOf(items: readonly Pair[]): NodePair<Node | null>[] {
  return items.map(({ key, value }) => [asNode(key), asNode(value) ?? undefined])
}
