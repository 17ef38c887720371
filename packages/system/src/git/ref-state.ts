import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { errnoOf } from '../system-fault.ts'
import { digestOf } from '../tree/observation.ts'
import type { RepositoryLocation } from './find-repository.ts'

/** Where git looks for a reference, in this order (gitrevisions(7)). */
const REF_PATHS = [
  '%',
  'refs/%',
  'refs/tags/%',
  'refs/heads/%',
  'refs/remotes/%',
  'refs/remotes/%/HEAD',
] as const

const FULL_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u
/** A name, and steps back from it such as `~3^2`. */
const REVISION = /^(?<name>\w[\w./-]*)(?:[~^]\d*)*$/u
/** Abbreviated hashes, also as in `v1-3-g1a2b3c`: their meaning depends on all objects in the repository. */
const SHORT_HASH = /(?:^|-g)[0-9a-f]{4,}$/iu
/** The longest chain of symbolic references, as in git. */
const MAX_STEPS = 5

/**
 * A string that determines which commits the revisions resolve to, and their merge base: every reference that the names can mean, the
 * references that those point to, and the grafts of a shallow clone. While it is unchanged, git gives the same answers. Reads files only.
 *
 * @returns undefined when only git can tell: other forms of revisions, or references that are not stored in files
 */
export function refState(place: RepositoryLocation, revisions: readonly string[]): string | undefined {
  const folders = foldersOf(place)
  const common = folders.at(-1) ?? place.gitFolder
  if (existsSync(join(common, 'reftable'))) return undefined
  const seen = new Map<string, string>()
  const look = (folder: string, name: string): string => {
    const path = join(folder, name)
    const text = seen.get(path) ?? read(path)
    seen.set(path, text)
    return text
  }
  for (const name of ['packed-refs', 'shallow', 'info/grafts']) look(common, name)
  for (const revision of revisions) {
    const name = REVISION.exec(revision)?.groups?.['name']
    if (name === undefined || name.includes('..')) return undefined
    if (FULL_HASH.test(name)) continue
    if (SHORT_HASH.test(name)) return undefined
    const pending = REF_PATHS.map((form) => ({ ref: form.replace('%', name), steps: 0 }))
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const folder of folders) {
        const target = /^ref: (?<ref>.+)$/mu.exec(look(folder, next.ref))?.groups?.['ref']
        if (target?.includes('..') === true || next.steps > MAX_STEPS) return undefined
        if (target !== undefined) pending.push({ ref: target, steps: next.steps + 1 })
      }
    }
  }
  return [revisions.join(' '), ...[...seen].map(([path, text]) => `${path} ${text}`)].sort().join('\n')
}

/** The folders with references: those of this work tree, then those shared by all work trees. */
function foldersOf({ gitFolder }: RepositoryLocation): string[] {
  const shared = readOr(join(gitFolder, 'commondir'))?.toString('utf8').trim()
  return shared === undefined ? [gitFolder] : [gitFolder, resolve(gitFolder, shared)]
}

/** The content of a reference, or the digest of a longer file. */
function read(path: string): string {
  const bytes = readOr(path)
  if (bytes === undefined) return 'absent'
  return bytes.byteLength > 300 ? digestOf(bytes) : bytes.toString('utf8')
}

function readOr(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    // Missing, or a folder.
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
