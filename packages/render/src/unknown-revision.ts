import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { GitRepository } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** The fault for a revision that git does not know, which says how to fetch it. */
export function unknownRevision(
  revision: string,
  repository: GitRepository,
  message: string = `git knows no revision ${revision}`,
): RenderFault {
  return new RenderFault({ code: 'revision-unknown', message, hint: howToFetch(revision, repository) })
}

/** What makes a shallow clone whole. */
export const UNSHALLOW = 'fetch its whole history with git fetch --unshallow'

/** What makes a revision known that git does not know. */
function howToFetch(revision: string, repository: GitRepository): string {
  const isRelative = /^HEAD\b|[~^]/u.test(revision)
  // git fetches whole hashes only.
  const isShortHash = /^[0-9a-f]{7,39}$/u.test(revision)
  if ((isRelative || isShortHash) && isShallow(repository)) return `this clone is shallow: ${UNSHALLOW}`
  // Anything else is no name of a branch, a tag or a commit, and no word for a command line.
  if (isRelative || !/^\w[\w./-]*$/u.test(revision)) return 'check the name'
  if (isShortHash) return 'check the hash, or fetch it by its whole hash: git fetch origin HASH'
  const fetch = `git fetch origin ${revision.replace(/^origin\//u, '')}`
  // What is fetched by its name alone is FETCH_HEAD, and not origin/NAME where a clone follows one branch.
  return revision.startsWith('origin/')
    ? `check the name, or fetch it: ${fetch}:refs/remotes/${revision}`
    : `check the name, or fetch it: ${fetch}`
}

/** A clone without all of its history, as CI systems make them. */
export function isShallow({ gitFolder }: GitRepository): boolean {
  return existsSync(join(gitFolder, 'shallow'))
}
