import { type Finding, isAsciiText } from '@overlay-render/system'

import type { ResourceId } from '../resources/resource-id.ts'
import type { Value, ValueMap } from '../resources/value.ts'

/** One step from a value to one inside it. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  /**
   * An item of a list that has no key. `index` counts from 0, in the new list unless the item was removed. `label` is
   * a readable name.
   */
  | { readonly kind: 'index'; readonly index: number; readonly label?: string | undefined }
  /** An item that is identified by its key fields. */
  | { readonly kind: 'item'; readonly fields: readonly KeyValue[]; readonly index: number }
  /** Into the YAML or JSON file in a string. */
  | { readonly kind: 'file' }

export interface KeyValue {
  readonly field: string
  readonly value: string
}

export type Path = readonly Step[]

/** One difference within a resource. */
export type Change = ValueAdded | ValueRemoved | ValueReplaced | Reordered | TextChanged

export interface ValueAdded {
  readonly kind: 'added'
  readonly path: Path
  readonly after: Value
}

export interface ValueRemoved {
  readonly kind: 'removed'
  readonly path: Path
  readonly before: Value
}

export interface ValueReplaced {
  readonly kind: 'replaced'
  readonly path: Path
  readonly before: Value
  readonly after: Value
}

/** The common items of two lists are in another order. */
export interface Reordered {
  readonly kind: 'reordered'
  readonly path: Path
  /** The items' names, in the old and in the new order. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** The fewest moves that explain the new order. */
  readonly moved: readonly Moved[]
}

export interface Moved {
  readonly name: string
  /** Indices from 0, in the old and in the new list. */
  readonly from: number
  readonly to: number
}

/** A multi-line string changed. */
export interface TextChanged {
  readonly kind: 'text'
  readonly path: Path
  /** `layout`: the string is a YAML or JSON file with the same content; only comments or layout changed. */
  readonly reason: 'lines' | 'layout'
  readonly hunks: readonly Hunk[]
  readonly linesAdded: number
  readonly linesRemoved: number
}

/** Consecutive changed lines with some context. Line numbers count from 1. */
export interface Hunk {
  readonly beforeStart: number
  readonly afterStart: number
  readonly lines: readonly Line[]
}

export interface Line {
  readonly kind: 'same' | 'removed' | 'added'
  /** Without its line end. */
  readonly text: string
}

/** The change of one resource. Its values are already redacted. */
export interface ResourceChange {
  /** `renamed`: the same object under another identity; `changes` then lists the other differences. */
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed'
  /** The new identity, or the old one of a removed resource. */
  readonly id: ResourceId
  /** The old identity of a renamed resource. */
  readonly previousId: ResourceId | undefined
  readonly changes: readonly Change[]
  /** The object before and after, redacted; undefined when it does not exist. */
  readonly before: ValueMap | undefined
  readonly after: ValueMap | undefined
  /** Size in bytes of the new object's annotations after `kubectl apply`, if it may exceed the limit. */
  readonly afterSize: number | undefined
  /** Size in bytes of a new ConfigMap's or Secret's values, if it may exceed the limit. */
  readonly afterDataSize: number | undefined
}

/** How many differences a rule ignored. */
export interface Ignored {
  /** The rule in one line. */
  readonly rule: string
  readonly count: number
}

/** The differences between two sets of manifests. */
export interface ManifestDiff {
  /** The names of the two sides. */
  readonly before: string
  readonly after: string
  /** Sorted by identity. */
  readonly resources: readonly ResourceChange[]
  /** How many resources are the same on both sides. */
  readonly unchanged: number
  readonly ignored: readonly Ignored[]
  /** Problems of the new side that the comparison found. */
  readonly findings: readonly Finding[]
}

const ASCII_KEY = /^[A-Za-z_][\w-]*$/u

/** Whether a key needs no quotes. V8 takes long to make the expression for letters of every script, and few keys need it. */
function isPlainKey(key: string): boolean {
  return isAsciiText(key) ? ASCII_KEY.test(key) : /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key)
}

/** A path as a yq expression: `.spec.containers[0].image`. The fields of an embedded file follow the key of its string. */
export function formatYqPath(path: Path): string {
  const text = path.map((step) => {
    if (step.kind === 'file') return ''
    if (step.kind !== 'key') return `[${step.index}]`
    return YQ_KEY.test(step.key) ? `.${step.key}` : `[${JSON.stringify(step.key)}]`
  })
  const joined = text.join('')
  return joined.startsWith('[') ? `.${joined}` : joined
}

const YQ_KEY = /^[A-Za-z_]\w*$/u

/**
 * A readable path: `spec.containers[name=deck].image`, and for an embedded file
 * `data["config.yaml"] > .deck.spyglass`.
 */
export function formatPath(path: Path): string {
  const text = path.map(formatStep).join('')
  // Only a path within a file begins with a dot.
  return text.startsWith('.') ? text.slice(1) : text.replace(/ > $/u, ' > .')
}

function formatStep(step: Step): string {
  switch (step.kind) {
    case 'key':
      return isPlainKey(step.key) ? `.${step.key}` : `[${JSON.stringify(step.key)}]`
    case 'index':
      return `[${step.index}]${step.label === undefined ? '' : ` (${step.label})`}`
    case 'item':
      return `[${formatKey(step.fields)}]`
    case 'file':
      return ' > '
  }
}

export function formatKey(fields: readonly KeyValue[]): string {
  return fields
    .filter(({ value }) => value !== '')
    .map(({ field, value }) => `${field}=${value}`)
    .join(',')
}
