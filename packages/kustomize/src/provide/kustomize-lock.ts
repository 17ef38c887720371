import { type OutputOptions, writeAtomically } from '@overlay-render/system'

import { fieldOf } from '../graph/value-fields.ts'
import { readFirstDocument } from '../graph/yaml-value.ts'
import { KustomizeFault } from '../kustomize-fault.ts'
import { checkLockText } from '../lock-text.ts'
import type { Pin } from '../pin.ts'

/** The pinned program in `overlay-render.lock`: later runs with other bytes fail. */
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
 * @param shown the path in messages
 * @throws KustomizeFault `lock-invalid`
 */
export function parseLock(text: string, shown: string): KustomizeLock {
  checkLockText(text, shown)
  const lock = lockOf(text)
  if (lock === undefined) throw lockFault(`${shown} does not have the format that overlay-render writes`)
  return lock
}

/** Writes `overlay-render.lock`. `rest` is the text of its other parts. Platforms are sorted, so the output is deterministic. */
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

/** Adds a platform's digest to `lock`; creates a new lock if the pin has changed. */
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
    // YAML would read a digest of only digits as a number.
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
    hint: 'restore it from git, or remove it to have it written again',
    cause,
  })
}
