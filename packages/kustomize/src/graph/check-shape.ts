import { nearestNames } from '@overlay-render/system'

import { versionWithin } from '../versions/compare-versions.ts'
import { type Fields, rowOf, type Shape, type VersionedField } from './field-shape.ts'
import type { Entry, Value } from './yaml-value.ts'

export interface ShapeFault {
  readonly code: 'key-duplicate' | 'key-unknown' | 'value-type'
  readonly message: string
  readonly hint?: string
  readonly at: number
}

interface Check {
  readonly value: Value
  readonly shape: Shape
  /** Such as `patches[2].target`. */
  readonly path: string
}

/**
 * Checks a kustomization against the fields of a kustomize version, and returns all problems. Like Go's JSON decoder, it
 * ignores the case of keys.
 */
export function checkShape(value: Value, shape: Shape, version: string): ShapeFault[] {
  const faults: ShapeFault[] = []
  const pending: Check[] = [{ value, shape, path: '' }]
  for (let check = pending.pop(); check !== undefined; check = pending.pop()) {
    const inner: Check[] = []
    checkOne(check, version, faults, inner)
    pending.push(...inner.toReversed())
  }
  return faults
}

function checkOne(
  { value, shape, path }: Check,
  version: string,
  faults: ShapeFault[],
  inner: Check[],
): void {
  if (value.kind === 'null' || shape === 'any') return
  if (typeof shape === 'string' || 'names' in shape || 'source' in shape) {
    const kind = typeof shape === 'string' ? shape : 'text'
    if (value.kind !== kind) faults.push(typeFault(value, kind, path))
    return
  }
  if ('list' in shape) {
    if (value.kind !== 'list') {
      faults.push(typeFault(value, 'list', path))
      return
    }
    for (const [index, item] of value.items().entries()) {
      inner.push({ value: item, shape: shape.list, path: `${path}[${index}]` })
    }
    return
  }
  if (value.kind !== 'map') {
    faults.push(typeFault(value, 'map', path))
    return
  }
  const entries = value.entries()
  if ('mapOf' in shape) {
    for (const entry of entries) {
      reportRepeat(entry, faults)
      inner.push({ value: entry.value, shape: shape.mapOf, path: join(path, entry.key) })
    }
    return
  }
  checkFields(entries, shape.fields, { path, version, faults, inner })
}

interface FieldsContext {
  readonly path: string
  readonly version: string
  readonly faults: ShapeFault[]
  readonly inner: Check[]
}

function checkFields(
  entries: readonly Entry[],
  fields: Fields,
  { path, version, faults, inner }: FieldsContext,
): void {
  const byLowerCase = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))
  const seen = new Set<string>()
  for (const entry of entries) {
    const name = byLowerCase.get(entry.key.toLowerCase())
    const field = name === undefined ? undefined : rowOf(fields[name] ?? 'any')
    if (name === undefined || field === undefined) {
      faults.push(unknownKey(entry, path, Object.keys(fields)))
      continue
    }
    if (!versionWithin(version, field)) {
      faults.push(keyOfOtherVersion(entry, path, field, version))
      continue
    }
    if (seen.has(name)) faults.push(repeatFault(entry))
    else reportRepeat(entry, faults)
    seen.add(name)
    inner.push({ value: entry.value, shape: field.shape, path: join(path, name) })
  }
}

function reportRepeat(entry: Entry, faults: ShapeFault[]): void {
  if (entry.repeats !== undefined) faults.push(repeatFault(entry))
}

function repeatFault(entry: Entry): ShapeFault {
  return {
    code: 'key-duplicate',
    message: `duplicate key "${entry.key}"`,
    hint: 'kustomize silently ignores the first; keep one of them',
    at: entry.at,
  }
}

function unknownKey(entry: Entry, path: string, known: readonly string[]): ShapeFault {
  const [nearest] = nearestNames(entry.key, known)
  return {
    code: 'key-unknown',
    message: `kustomize has no key "${entry.key}"${path === '' ? '' : ` in ${path}`}`,
    ...(nearest === undefined ? {} : { hint: `did you mean "${nearest}"?` }),
    at: entry.at,
  }
}

function keyOfOtherVersion(entry: Entry, path: string, field: VersionedField, version: string): ShapeFault {
  const when =
    field.since === undefined ? `was removed in ${field.until ?? ''}` : `was added in ${field.since}`
  return {
    code: 'key-unknown',
    message: `kustomize ${version} has no key "${join(path, entry.key)}", which ${when}`,
    at: entry.at,
  }
}

const NOUNS: Readonly<Record<Value['kind'], string>> = {
  map: 'a map',
  list: 'a list',
  text: 'text',
  flag: 'a boolean',
  number: 'a number',
  null: 'nothing',
}

function typeFault(value: Value, wanted: Value['kind'], path: string): ShapeFault {
  const needsQuotes = wanted === 'text' && (value.kind === 'flag' || value.kind === 'number')
  return {
    code: 'value-type',
    message: `${path === '' ? 'a kustomization' : path} must be ${NOUNS[wanted]}, but is ${NOUNS[value.kind]}`,
    ...(needsQuotes ? { hint: 'YAML 1.1 does not read this as text: put quotes around it' } : {}),
    at: value.at,
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
