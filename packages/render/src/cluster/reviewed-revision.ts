import type { GitRepository } from '@overlay-render/system'

import { resolveRevision } from '../git-revision.ts'

/** Where reviewed work is: what a pull request is for, in Prow's words, and what git calls the remote's main branch. */
const REVIEWED = ['HEAD', 'main', 'master'].map((name) => `refs/remotes/origin/${name}`)

export interface ReviewedRevision {
  /** As it is named to git. */
  readonly revision: string
  readonly commit: string
}

/** The newest reviewed work that git knows; undefined where it knows none. */
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
