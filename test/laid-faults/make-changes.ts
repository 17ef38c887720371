import { seededDraw } from '../differential/draw.ts'
import type { HarmlessChange } from './harmless-changes.ts'
import { checkTree, keyOf } from './lay-faults.ts'
import { type LaidTree, shuffled } from './laid-tree.ts'

/** The figures of a run. */
export interface Made {
  /** By change: how many were made. */
  readonly made: ReadonlyMap<string, number>
  /** Changes after which kustomize refuses an overlay. */
  readonly refused: readonly string[]
  /** Findings that a change added. */
  readonly added: readonly string[]
}

/** How many changes are in a tree at once. */
const BATCH = 8

interface Trial {
  readonly change: HarmlessChange
  readonly seed: number
}

/** Makes harmless changes in a tree and checks it: no finding may be added. After a finding, each change is made alone. */
export async function makeChanges(
  tree: LaidTree,
  changes: readonly HarmlessChange[],
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Made> {
  const draw = seededDraw(seed)
  const before = new Set((await checkTree(tree.folder)).map((finding) => keyOf(finding)))
  const [made, refused, added] = [new Map<string, number>(), [] as string[], [] as string[]]
  const trials: Trial[] = []
  // A tree has no place for many of them.
  while (trials.length < count * 4)
    trials.push(...shuffled(draw, changes).map((change) => ({ change, seed: draw.below(1_000_000) })))
  const judge = async (batch: readonly Trial[]): Promise<void> => {
    const done = batch.flatMap((trial) => {
      const file = trial.change.make(tree, seededDraw(trial.seed))
      return file === undefined ? [] : [{ trial, file }]
    })
    const found =
      done.length === 0 ? [] : (await checkTree(tree.folder)).filter((finding) => !before.has(keyOf(finding)))
    tree.reset()
    if (found.length > 0 && done.length > 1) {
      for (const { trial } of done) await judge([trial])
      return
    }
    for (const { trial, file } of done) {
      const shown = `${trial.change.says} in ${file} (seed ${trial.seed})`
      const fault = found.find(({ rule }) => rule === 'not-rendered')
      if (fault !== undefined) refused.push(`${shown}: ${fault.message}`)
      else {
        made.set(trial.change.says, (made.get(trial.change.says) ?? 0) + 1)
        added.push(...found.map(({ rule, message }) => `${shown}: ${rule}: ${message}`))
      }
    }
  }
  while (trials.length > 0 && sum(made) < count)
    await judge(trials.splice(0, Math.min(BATCH, count - sum(made))))
  return { made, refused, added }
}

function sum(made: ReadonlyMap<string, number>): number {
  return [...made.values()].reduce((total, count) => total + count, 0)
}
