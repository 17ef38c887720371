import type { GitRepository } from '@overlay-render/system'

import { resolveRevision } from '../git-revision.ts'

/** The references of reviewed commits: git's names for the main branch of the remote. Prow's PULL_BASE_SHA comes before them. */
const REVIEWED = ['HEAD', 'main', 'master'].map((name) => `refs/remotes/origin/${name}`)

/** A revision that was reviewed. */
export interface ReviewedRevision {
  /** The name that git resolves. */
  readonly revision: string
  readonly commit: string
}

/** The first reviewed revision that git knows; undefined when there is none. */
export async function findReviewed(
  repository: GitRepository,
  signal: AbortSignal | undefined,
): Promise<ReviewedRevision | undefined> {
  const base = process.env['PULL_BASE_SHA']
  for (const revision of base === undefined ? REVIEWED : [base, ...REVIEWED]) {
    const commit = await resolveRevision(repository, revision, signal)
    if (commit !== undefined) return { revision, commit }
  }
  return undefined
}
