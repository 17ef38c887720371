import { expect, test } from 'vitest'

import { seededDraw } from '../../../../test/differential/draw.ts'
import { proveCount, proveSeed, sayProof } from '../../../../test/support/prove.ts'
import { RandomChanges, type Verdict } from '../random/random-changes.ts'
import type { Program } from '../random/edited-tree.ts'

const COMMITS = proveCount(15)
const SEED = proveSeed()

/** `real` has the bytes that kustomize prints; `lister` prints everything that kustomize could read. */
const PROGRAMS: readonly Program[] = ['real', 'lister']

test.each(PROGRAMS)(
  `random changes between ${COMMITS} commits affect every overlay whose output they change (%s)`,
  async (program) => {
    const history = new RandomChanges(seededDraw(SEED), program)
    const verdicts: Verdict[] = []
    // The first commit is no change.
    for (let round = 0; round <= COMMITS; round++) verdicts.push(...(await history.next()))
    const count = (of: 'all' | 'changed' | 'named' | 'missed' | 'needless'): number =>
      verdicts.reduce((sum, verdict) => sum + verdict[of].length, 0)
    const [changed, needless] = [count('changed'), count('needless')]
    const failing = verdicts.reduce((sum, verdict) => sum + verdict.failing, 0)
    sayProof(
      `affected (${program}, seed ${SEED}): ${COMMITS} commits, ${verdicts.length} changes of ${count('all')} overlays; ` +
        `${changed} changed, ${count('named')} named, ${count('missed')} missed, ${needless} named without a change ` +
        `(${((changed + needless) / changed).toFixed(2)} for each that changed), ${failing} that still cannot be rendered`,
    )
    sayProof(`  named without a change because of: ${reasonsOf(verdicts)}`)
    expect(verdicts.flatMap(({ missed }) => missed)).toEqual([])
    expect(changed).toBeGreaterThan(0)
    expect(count('named')).toBeLessThan(count('all'))
  },
  7_200_000,
)

/** How often each reason named an overlay that did not change, most often first. */
function reasonsOf(verdicts: readonly Verdict[]): string {
  const counts = new Map<string, number>()
  for (const reasons of verdicts.flatMap(({ needless }) => needless)) {
    for (const kind of new Set(
      reasons.map(({ kind, path }) => `${kind} ${path.replace(/^overlays\/[^/]+/u, 'overlays/*')}`),
    ))
      counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, 12)
  return most.map(([kind, times]) => `${times} ${kind}`).join(', ') || 'nothing'
}
