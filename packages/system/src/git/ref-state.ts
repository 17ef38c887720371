import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { errnoOf } from '../system-fault.ts'
import { digestOf } from '../tree/observation.ts'
import type { RepositoryPlace } from './find-repository.ts'

/** Where git looks for a reference, one after the other (gitrevisions(7)). */
const PLACES = [
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
/** What git also takes for the start of a hash, `v1-3-g1a2b3c` included: what it means depends on all objects. */
const SHORT_HASH = /(?:^|-g)[0-9a-f]{4,}$/iu
/** As many references as lead from one to the next. */
const MOST_STEPS = 5

/**
 * All that decides which commits revisions are, and what they have in common, as text: the references that the names can be, those that
 * they lead to, and where history is cut. As long as it is the same, git has the same to say. Reads files only.
 *
 * @returns undefined for what only git can read: other forms of a revision, another store of references than files
 */
export function refState(place: RepositoryPlace, revisions: readonly string[]): string | undefined {
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
    const pending = PLACES.map((form) => ({ ref: form.replace('%', name), steps: 0 }))
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      for (const folder of folders) {
        const target = /^ref: (?<ref>.+)$/mu.exec(look(folder, next.ref))?.groups?.['ref']
        if (target?.includes('..') === true || next.steps > MOST_STEPS) return undefined
        if (target !== undefined) pending.push({ ref: target, steps: next.steps + 1 })
      }
    }
  }
  return [revisions.join(' '), ...[...seen].map(([path, text]) => `${path} ${text}`)].sort().join('\n')
}

/** Where references are: those of this work tree, then those that all work trees of the repository share. */
function foldersOf({ gitFolder }: RepositoryPlace): string[] {
  const shared = readOr(join(gitFolder, 'commondir'))?.toString('utf8').trim()
  return shared === undefined ? [gitFolder] : [gitFolder, resolve(gitFolder, shared)]
}

/** A reference as it is; of what is longer, the digest. */
function read(path: string): string {
  const bytes = readOr(path)
  if (bytes === undefined) return 'absent'
  return bytes.byteLength > 300 ? digestOf(bytes) : bytes.toString('utf8')
}

function readOr(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    // Nothing, or a folder of references.
    if (errnoOf(error) === undefined) throw error
    return undefined
  }
}
