import type { Finding } from '@overlay-render/system'

import type { ResourceId } from '../resources/resource-id.ts'
import type { Value, ValueMap } from '../resources/value.ts'

/** One step from a value to one inside it. */
export type Step =
  | { readonly kind: 'key'; readonly key: string }
  /**
   * An item of a list that has no key. `index` counts from 0, in the new list unless the item was removed; `label` is
   * what a person would call it.
   */
  | { readonly kind: 'index'; readonly index: number; readonly label?: string | undefined }
  /** An item that is known by the values of its key fields. */
  | { readonly kind: 'item'; readonly fields: readonly KeyValue[]; readonly index: number }
  /** Into the YAML or JSON that a string holds. */
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

/** The items that both lists have are in another order. */
export interface Reordered {
  readonly kind: 'reordered'
  readonly path: Path
  /** How the items are called, in the old order and the new one. */
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** The fewest items whose move tells the new order. */
  readonly moved: readonly Moved[]
}

export interface Moved {
  readonly name: string
  /** Indices from 0, in the old list and in the new one. */
  readonly from: number
  readonly to: number
}

/** A text of several lines changed. */
export interface TextChanged {
  readonly kind: 'text'
  readonly path: Path
  /** `layout`: the text is a YAML or JSON file whose content is the same; only comments or layout changed. */
  readonly reason: 'lines' | 'layout'
  readonly hunks: readonly Hunk[]
  readonly linesAdded: number
  readonly linesRemoved: number
}

/** A run of lines with some context around it. Line numbers count from 1. */
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

/** What happened to one resource. Values in it are already redacted. */
export interface ResourceChange {
  /** `renamed`: the same object under another identity; `changes` then holds what else differs. */
  readonly kind: 'added' | 'removed' | 'changed' | 'renamed'
  /** The new identity; the old one of what was removed. */
  readonly id: ResourceId
  /** The old identity of what was renamed. */
  readonly previousId: ResourceId | undefined
  readonly changes: readonly Change[]
  /** The object before and after, redacted; undefined where there is none. */
  readonly before: ValueMap | undefined
  readonly after: ValueMap | undefined
  /** Bytes of annotations that the new object has after `kubectl apply`, where they could be too many. */
  readonly afterSize: number | undefined
  /** Bytes of the values of a new ConfigMap or Secret, where they could be too many. */
  readonly afterDataSize: number | undefined
}

/** How often a rule held back a difference. */
export interface Ignored {
  /** The rule in one line. */
  readonly rule: string
  readonly count: number
}

/** What differs between two sets of manifests. */
export interface ManifestDiff {
  /** What the two sides are called. */
  readonly before: string
  readonly after: string
  /** In the order of identities. */
  readonly resources: readonly ResourceChange[]
  /** How many resources are the same on both sides. */
  readonly unchanged: number
  readonly ignored: readonly Ignored[]
  /** What is wrong with the new side, as far as comparing has shown it. */
  readonly findings: readonly Finding[]
}

const PLAIN_KEY = /^[\p{L}_][\p{L}\p{N}_-]*$/u

/** A path in the language of yq: `.spec.containers[0].image`. The fields of a file go on after the text that holds it. */
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
 * A path as people write it: `spec.containers[name=deck].image`, and for an embedded file
 * `data["config.yaml"] > .deck.spyglass`.
 */
export function formatPath(path: Path): string {
  const text = path.map(formatStep).join('')
  // Only within a file does a path begin with a dot.
  return text.startsWith('.') ? text.slice(1) : text.replace(/ > $/u, ' > .')
}

function formatStep(step: Step): string {
  switch (step.kind) {
    case 'key':
      return PLAIN_KEY.test(step.key) ? `.${step.key}` : `[${JSON.stringify(step.key)}]`
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
