import type { Observation } from '@overlay-render/system'

import { pathOf, placeOf } from './path-set.ts'

/** The result of some work on a tree: data, and the bytes of files, which the data refers to by digest. */
export interface KeptResult {
  /** Plain JSON. */
  readonly value: unknown
  /** By sha256 in hex. */
  readonly blobs: ReadonlyMap<string, Uint8Array>
  readonly observations: readonly Observation[]
}

interface Written {
  readonly value: unknown
  readonly blobs: readonly string[]
  readonly observations: readonly Observation[]
}

/** The record of a result, without the bytes of its files. Paths are written relative to the anchor. */
export function encodeResult({ value, blobs, observations }: KeptResult, anchor: string): Buffer {
  const written: Written = {
    value,
    blobs: [...blobs.keys()],
    observations: observations.map((one) => ({ ...one, path: placeOf(one.path, anchor) })),
  }
  return Buffer.from(JSON.stringify(written))
}

/**
 * Reads what `encodeResult` wrote. No path in it is ever used to read or write a file.
 *
 * @param blobOf the bytes with that sha256, checked; undefined when they are not there
 * @returns undefined when the record is not of that shape, or when bytes are missing
 */
export function decodeResult(
  record: Uint8Array,
  anchor: string,
  blobOf: (digest: string) => Uint8Array | undefined,
): KeptResult | undefined {
  const written = parseWritten(record)
  if (written === undefined) return undefined
  const blobs = new Map<string, Uint8Array>()
  for (const digest of written.blobs) {
    const bytes = blobOf(digest)
    if (bytes === undefined) return undefined
    blobs.set(digest, bytes)
  }
  const observations = written.observations
    .map((one) => ({ ...one, path: pathOf(one.path, anchor) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
  return { value: written.value, blobs, observations }
}

/** The digests that a record names. */
export function blobsIn(record: Uint8Array): readonly string[] {
  return parseWritten(record)?.blobs ?? []
}

function parseWritten(record: Uint8Array): Written | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(record).toString('utf8'))
    return isWritten(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== 'object' || value === null) return false
  if (!('value' in value && 'blobs' in value && 'observations' in value)) return false
  return Array.isArray(value.blobs) && value.blobs.every(isDigest) && Array.isArray(value.observations)
}

function isDigest(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/u.test(value)
}
