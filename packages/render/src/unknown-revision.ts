import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { GitRepository } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'

/** The fault for an unknown revision, with a hint how to fetch it. */
export function unknownRevision(
  revision: string,
  repository: GitRepository,
  message: string = revision === '' ? 'the revision is empty' : `git knows no revision ${revision}`,
): RenderFault {
  return new RenderFault({ code: 'revision-unknown', message, hint: howToFetch(revision, repository) })
}

/** How to make a shallow clone complete. */
export const UNSHALLOW = 'fetch its whole history with git fetch --unshallow'

/** How to fetch a revision. */
function howToFetch(revision: string, repository: GitRepository): string {
  if (revision === '')
    return 'name a branch, a tag or a commit; a variable such as PULL_BASE_SHA may not be set'
  const isRelative = /^HEAD\b|[~^]/u.test(revision)
  // git can fetch complete hashes only.
  const isShortHash = /^[0-9a-f]{7,39}$/u.test(revision)
  if ((isRelative || isShortHash) && isShallow(repository)) return `this clone is shallow: ${UNSHALLOW}`
  // Nothing else is the name of a branch, a tag or a commit, or safe on a command line.
  if (isRelative || !/^\w(?:[\w/-]|\.(?!\.))*$/u.test(revision)) return 'check the name'
  if (isShortHash) return 'check the hash, or fetch it by its whole hash: git fetch origin HASH'
  return `check the name, or fetch it: git fetch origin ${refspecOf(revision)}`
}

/** `git fetch origin NAME` alone sets FETCH_HEAD, and neither NAME nor, when the clone follows only one branch, origin/NAME. */
function refspecOf(revision: string): string {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(revision)) return revision
  return revision.startsWith('origin/')
    ? `${revision.slice('origin/'.length)}:refs/remotes/${revision}`
    : `${revision}:${revision}`
}

/** Whether the clone lacks part of its history, as CI systems often make it. */
export function isShallow({ gitFolder }: GitRepository): boolean {
  return existsSync(join(gitFolder, 'shallow'))
}
