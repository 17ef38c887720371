import { isDeepStrictEqual } from 'node:util'

import { RenderFault } from '../../render-fault.ts'
import type { ReviewPart } from './part.ts'

/** A part, and the file it was read from. */
export interface NamedPart extends ReviewPart {
  readonly file: string
}

/**
 * Merges the parts of a review. Each part must be given once, in any order.
 *
 * @throws RenderFault `parts-mismatch` when a part is missing, given twice, or from another review
 */
export function mergeReviewParts(parts: readonly NamedPart[]): ReviewPart {
  const ordered = [...parts].sort((a, b) => a.shard.index - b.shard.index)
  const [first] = ordered
  if (first === undefined) throw unfit('there is no part to merge', 'name the files of all parts')
  for (const part of ordered) requireSameReview(first, part)
  requireEachOnce(ordered)
  const { reached } = first.review
  const found = new Map(
    ordered.flatMap(({ review }) => review.overlays.map((one) => [one.overlay, one] as const)),
  )
  const overlays = reached.flatMap((name) => found.get(name) ?? [])
  const count = ordered.reduce((sum, { review }) => sum + review.overlays.length, 0)
  if (overlays.length !== reached.length || count !== reached.length)
    throw unfit('the parts do not cover each affected overlay exactly once', 'run all shards again')
  return {
    shard: { index: 1, count: 1 },
    review: {
      ...first.review,
      overlays,
      needsAttention: ordered.some(({ review }) => review.needsAttention),
    },
    jobs: first.jobs,
  }
}

/** Refuses parts of different reviews. */
function requireSameReview(first: NamedPart, part: NamedPart): void {
  const common = ({ shard, review }: NamedPart): object => {
    const {
      overlays: _overlays,
      findings: _findings,
      inNoOverlay: _inNoOverlay,
      needsAttention: _needsAttention,
      ...rest
    } = review
    return { count: shard.count, ...rest }
  }
  if (isDeepStrictEqual(common(first), common(part))) return
  throw unfit(
    `${first.file} and ${part.file} are parts of different reviews`,
    'all parts must have the same base, the same tree and the same number of shards',
  )
}

function requireEachOnce(parts: readonly NamedPart[]): void {
  const files = new Map<number, string>()
  for (const { shard, file } of parts) {
    const before = files.get(shard.index)
    if (before !== undefined)
      throw unfit(
        `${before} and ${file} are both part ${shard.index} of ${shard.count}`,
        'name each part once',
      )
    files.set(shard.index, file)
  }
  const count = parts[0]?.shard.count ?? 0
  const missing = Array.from({ length: count }, (_, at) => at + 1).filter((index) => !files.has(index))
  if (missing.length === 0) return
  const listed = `${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ' and more' : ''}`
  throw unfit(
    `of ${count} parts ${missing.length === 1 ? 'one is' : `${missing.length} are`} missing: ${listed}`,
    'a job that failed before its end leaves no part: see its log',
  )
}

function unfit(message: string, hint: string): RenderFault {
  return new RenderFault({ code: 'parts-mismatch', message, hint })
}
