import { join } from 'node:path'

import { chance, type Draw, pick } from '../../../../test/differential/draw.ts'
import { RenderCache } from '../../src/cache/render-cache.ts'
import type { Affected, Reason } from '../../src/review/affected.ts'
import type { Workspace } from '../../src/workspace.ts'
import { layTree } from '../temporary-tree.ts'
import { EditedTree, type Program } from './edited-tree.ts'
import { attributesIn } from './git-edits.ts'
import { openIfValid, type Outcomes, renderEach } from './outcome.ts'

/** A commit, and what a checkout of it renders. */
interface State {
  readonly commit: string
  /** Undefined when the workspace cannot be opened. */
  readonly outcomes: Outcomes | undefined
}

/** A comparison of what `affected` says about a change with what renders of both sides show. */
export interface Verdict {
  /** The overlays whose outcome differs, with those that are on one side only. */
  readonly changed: readonly string[]
  readonly named: readonly string[]
  /** The overlays on one of the sides. */
  readonly all: readonly string[]
  /** A sentence for each overlay that changed and is not named. */
  readonly missed: readonly string[]
  /** How many overlays are named, since they do not render, and did not render before for the same reason. */
  readonly failing: number
  /** The reasons of each other overlay that is named and did not change. */
  readonly needless: readonly (readonly Reason[])[]
}

/** How many earlier states a change may start from. */
const KEPT_STATES = 8

/**
 * A history of random changes. Each commit is checked out and rendered once, without a cache; so each is the end of some changes and
 * the start of others.
 */
export class RandomChanges {
  readonly #draw: Draw
  readonly #tree: EditedTree
  readonly #cacheFolder = join(layTree({}), 'renders')
  readonly #log: string[] = []
  /** Newest last. */
  readonly #states: State[] = []
  /** The last commit in which most overlays render. */
  #good: string | undefined
  #isBroken = false

  constructor(draw: Draw, program: Program) {
    this.#draw = draw
    this.#tree = new EditedTree(draw, program)
  }

  /** Makes the next commit. Returns a verdict for the work tree before its commit, and for checkouts of the commit. */
  async next(): Promise<Verdict[]> {
    const tree = this.#tree
    const last = this.#states.at(-1)
    if (last !== undefined) this.#change()
    // Otherwise the work tree has files that a checkout would write in another way, and git calls them unchanged.
    const isPlain = last !== undefined && attributesIn(tree.top).length === 0
    const uncommitted = isPlain ? await this.#affectedBeforeCommit(last.commit) : undefined
    const commit = tree.commit()
    this.#log.push(`commit ${commit.slice(0, 8)}`)
    const folder = tree.checkOut(commit)
    try {
      const workspace = await openIfValid(join(folder, 'kustom'))
      const state = { commit, outcomes: workspace === undefined ? undefined : await renderEach(workspace) }
      const verdicts = last === undefined ? [] : [this.#judge(last, state, uncommitted, 'work tree')]
      const bases = last === undefined ? [] : [last, this.#earlier(), this.#earlier()]
      for (const base of new Set(bases))
        verdicts.push(this.#judge(base, state, await affectedIn(workspace, base.commit), 'checkout'))
      this.#add(state)
      return verdicts.filter((verdict) => verdict !== undefined)
    } finally {
      tree.removeCheckOut(folder)
    }
  }

  #earlier(): State {
    return pick(this.#draw, this.#states)
  }

  #change(): void {
    if (this.#isBroken && this.#good !== undefined && chance(this.#draw, 2, 3)) {
      this.#tree.restoreCommit(this.#good)
      this.#log.push(`restore ${this.#good.slice(0, 8)}`)
      return
    }
    for (let count = 1 + this.#draw.below(3); count > 0; count--) this.#log.push(this.#tree.editCommitted())
  }

  #add(state: State): void {
    this.#states.push(state)
    if (this.#states.length > KEPT_STATES) this.#states.shift()
    const outcomes = [...(state.outcomes?.values() ?? [])]
    const rendering = outcomes.filter(({ renders }) => renders).length
    this.#isBroken = rendering < 2 || rendering < outcomes.length / 2
    if (rendering >= 3) this.#good = state.commit
  }

  /** With a cache, as each run of the command has. */
  async #affectedBeforeCommit(base: string): Promise<readonly Affected[] | undefined> {
    const cache = new RenderCache({ folder: this.#cacheFolder })
    const affected = await affectedIn(await openIfValid(this.#tree.workspace, { cache }), base)
    cache.finish()
    return affected
  }

  #judge(
    before: State,
    after: State,
    affected: readonly Affected[] | undefined,
    where: string,
  ): Verdict | undefined {
    if (before.outcomes === undefined || after.outcomes === undefined || affected === undefined)
      return undefined
    const [earlier, later] = [before.outcomes, after.outcomes]
    const all = [...new Set([...earlier.keys(), ...later.keys()])]
    const changed = all.filter((name) => earlier.get(name)?.text !== later.get(name)?.text)
    const named = affected.map(({ overlay }) => overlay)
    const unchanged = affected.filter(({ overlay }) => !changed.includes(overlay))
    const needless = unchanged.filter(({ overlay }) => later.get(overlay)?.renders === true)
    const missed = changed.filter((name) => !named.includes(name))
    return {
      all,
      changed,
      named,
      missed: missed.map(
        (name) =>
          `${name} (${where}, ${before.commit.slice(0, 8)} to ${after.commit.slice(0, 8)}) after ${this.#log.slice(-16).join('; ')}\n` +
          `before: ${earlier.get(name)?.text ?? 'none'}\nafter: ${later.get(name)?.text ?? 'none'}`,
      ),
      failing: unchanged.length - needless.length,
      needless: needless.map(({ reasons }) => reasons),
    }
  }
}

/** Undefined when there is nothing to compare: no workspace, or the base is read with the settings of the work tree. */
async function affectedIn(
  workspace: Workspace | undefined,
  base: string,
): Promise<readonly Affected[] | undefined> {
  const found = await workspace?.affected(base)
  return found?.borrowsConfiguration === false ? found.affected : undefined
}
