import { createHash } from 'node:crypto'

/** What a record is for, so that keys of two kinds never collide. */
export type KeyKind = 'recipe' | 'result' | 'seen' | 'blob' | 'digests' | 'memo' | 'remote' | 'object'

/** The key of a record: a sha256 in hex over all that its content depends on. */
export function keyOf(kind: KeyKind, ...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256').update(kind)
  // The length before each part keeps `('ab', 'c')` and `('a', 'bc')` apart.
  for (const part of parts) hash.update(`\0${Buffer.byteLength(part)}\0`).update(part)
  return hash.digest('hex')
}

/**
 * Plain data as deterministic text, for use in keys; it is never parsed. Values that JSON lacks, such as maps and NaN, have a form
 * here.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, function (this: unknown, key: string, shown: unknown): unknown {
    // JSON.stringify turns a Date into text before it asks.
    const inner: unknown = isRecord(this) ? this[key] : shown
    if (inner instanceof Map) return { 'map of': [...inner.entries()] }
    if (inner instanceof Set) return { 'set of': [...inner] }
    if (inner instanceof Date) return { date: inner.getTime() }
    if (inner instanceof Uint8Array) return { bytes: Buffer.from(inner).toString('base64') }
    if (typeof inner === 'bigint') return { bigint: String(inner) }
    if (typeof inner === 'number' && (!Number.isFinite(inner) || Object.is(inner, -0)))
      return { number: Object.is(inner, -0) ? '-0' : String(inner) }
    return inner === undefined ? null : shown
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
