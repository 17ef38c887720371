import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { GitRepository } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** The fault for an unknown revision, with a hint how to fetch it. */
export function unknownRevision(
  revision: string,
  repository: GitRepository,
  message: string = `git knows no revision ${revision}`,
): RenderFault {
  return new RenderFault({ code: 'revision-unknown', message, hint: howToFetch(revision, repository) })
}

/** How to make a shallow clone complete. */
export const UNSHALLOW = 'fetch its whole history with git fetch --unshallow'

/** How to fetch a revision. */
function howToFetch(revision: string, repository: GitRepository): string {
  const isRelative = /^HEAD\b|[~^]/u.test(revision)
  // git can fetch complete hashes only.
  const isShortHash = /^[0-9a-f]{7,39}$/u.test(revision)
  if ((isRelative || isShortHash) && isShallow(repository)) return `this clone is shallow: ${UNSHALLOW}`
  // Nothing else is the name of a branch, a tag or a commit, or safe on a command line.
  if (isRelative || !/^\w[\w./-]*$/u.test(revision)) return 'check the name'
  if (isShortHash) return 'check the hash, or fetch it by its whole hash: git fetch origin HASH'
  const fetch = `git fetch origin ${revision.replace(/^origin\//u, '')}`
  // `git fetch origin NAME` alone sets FETCH_HEAD, and not origin/NAME when the clone follows only one branch.
  return revision.startsWith('origin/')
    ? `check the name, or fetch it: ${fetch}:refs/remotes/${revision}`
    : `check the name, or fetch it: ${fetch}`
}

/** Whether the clone lacks part of its history, as CI systems often make it. */
export function isShallow({ gitFolder }: GitRepository): boolean {
  return existsSync(join(gitFolder, 'shallow'))
}
