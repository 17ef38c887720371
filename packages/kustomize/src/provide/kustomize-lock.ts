import { type OutputOptions, writeAtomically } from '@overlay-render/system'

import { fieldOf } from '../graph/value-fields.ts'
import { readFirstDocument } from '../graph/yaml-value.ts'
import { KustomizeFault } from '../kustomize-fault.ts'
import { refuseUnfitLock } from '../lock-text.ts'
import type { Pin } from '../pin.ts'

/** What `overlay-render.lock` records, so that a later run with other bytes stops. */
export interface KustomizeLock {
  readonly program: Pin['program']
  readonly version: string
  /** The sha256 of the binary by platform, such as `linux-x64`. */
  readonly sha256: Readonly<Record<string, string>>
}

const HEAD = '# The program that this workspace is rendered with. Written by overlay-render; commit it.\n'

/**
 * Reads the text of `overlay-render.lock`.
 *
 * @param shown the path as messages should show it
 * @throws KustomizeFault `lock-invalid`
 */
export function parseLock(text: string, shown: string): KustomizeLock {
  refuseUnfitLock(text, shown)
  const lock = lockOf(text)
  if (lock === undefined) throw lockFault(`${shown} is not what overlay-render writes`)
  return lock
}

/** Writes `overlay-render.lock`. `rest` is what else is locked, as text. Platforms are sorted, so the same lock has the same bytes. */
export function writeLock(
  path: string,
  { program, version, sha256 }: KustomizeLock,
  options: OutputOptions,
  rest = '',
): void {
  const lines = Object.entries(sha256)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([platform, digest]) => `    ${platform}: ${digest}\n`)
  const text = `${HEAD}${program}:\n  version: ${version}\n  sha256:\n${lines.join('')}${rest}`
  writeAtomically(path, text, options)
}

/** A binary as a lock records it. */
export interface LockedBinary extends Pick<Pin, 'program' | 'version'> {
  readonly platform: string
  readonly sha256: string
}

/** `lock` with the digest of one more platform; a new one where the pin has changed. */
export function extendLock(
  lock: KustomizeLock | undefined,
  { program, version, platform, sha256 }: LockedBinary,
): KustomizeLock {
  const before = lock?.program === program && lock.version === version ? lock.sha256 : {}
  return { program, version, sha256: { ...before, [platform]: sha256 } }
}

function lockOf(text: string): KustomizeLock | undefined {
  const { value, fault } = readFirstDocument(text)
  const program = fieldOf(value, 'kubectl') === undefined ? 'kustomize' : 'kubectl'
  const entry = fieldOf(value, program)
  const version = fieldOf(entry, 'version')
  const platforms = fieldOf(entry, 'sha256')
  if (fault !== undefined || version?.kind !== 'text' || platforms?.kind !== 'map') return undefined
  const sha256: Record<string, string> = {}
  for (const { key, value: digest } of platforms.entries()) {
    // A digest of digits alone would be a number to YAML.
    if ((digest.kind !== 'text' && digest.kind !== 'number') || !/^[0-9a-f]{64}$/u.test(digest.text))
      return undefined
    sha256[key] = digest.text
  }
  return { program, version: version.text, sha256 }
}

function lockFault(message: string, cause?: unknown): KustomizeFault {
  return new KustomizeFault({
    code: 'lock-invalid',
    message,
    hint: 'restore it from git, or remove it, and it is written again',
    cause,
  })
}
