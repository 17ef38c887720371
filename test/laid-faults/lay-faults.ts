import { type CheckFinding, openWorkspace } from '@overlay-render/render'

import { seededDraw } from '../differential/draw.ts'
import type { Fault, LaidFault } from './fault.ts'
import { type LaidTree, shuffled } from './laid-tree.ts'

/** The figures of a run, and the faults that no rule reported. */
export interface Laid {
  /** By rule: how many faults were laid. */
  readonly laid: ReadonlyMap<string, number>
  /** Faults that kustomize refuses itself: no rule has to find them. */
  readonly refused: number
  /** Faults that a later step undoes, so that the render is the same. */
  readonly undone: number
  /** Faults whose finding is that of another rule. */
  readonly elsewhere: readonly string[]
  readonly checks: number
  readonly missed: readonly string[]
}

/** How many faults are in a tree at once. */
const BATCH = 12

interface Trial {
  readonly fault: Fault
  /** Another number lays the fault at another place. */
  readonly seed: number
}

/**
 * Lays faults in a tree and checks it. Each fault must have a new finding of its rule. Several faults are laid at once, in
 * different files and objects; one that is not found is laid again alone, so that no other one can hide it.
 */
export async function layFaults(
  tree: LaidTree,
  faults: readonly Fault[],
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Laid> {
  const run = new Run(tree)
  await run.begin()
  const draw = seededDraw(seed)
  const trials: Trial[] = []
  // A tree has no place for many of them.
  while (trials.length < count * 4)
    trials.push(...shuffled(draw, faults).map((fault) => ({ fault, seed: draw.below(1_000_000) })))
  let next = 0
  while (run.laidCount < count && next < trials.length) {
    const batch = trials.slice(next, next + Math.min(BATCH, count - run.laidCount))
    next += batch.length
    await run.judge(batch)
  }
  return run
}

class Run {
  readonly laid = new Map<string, number>()
  readonly missed: string[] = []
  readonly elsewhere: string[] = []
  refused = 0
  undone = 0
  checks = 0
  readonly #tree: LaidTree
  #before: ReadonlySet<string> = new Set()
  #rendered = ''

  constructor(tree: LaidTree) {
    this.#tree = tree
  }

  get laidCount(): number {
    return [...this.laid.values()].reduce((sum, count) => sum + count, 0)
  }

  async begin(): Promise<void> {
    this.#before = new Set((await this.#check()).map((finding) => keyOf(finding)))
    this.#rendered = await this.#render()
  }

  /** Lays the faults at once; those that are not found alone. */
  async judge(trials: readonly Trial[]): Promise<void> {
    const laid = trials.flatMap((trial) => {
      const done = this.#lay(trial)
      return done === undefined ? [] : [{ trial, done }]
    })
    if (laid.length === 0) return this.#tree.reset()
    const found = (await this.#check()).filter((finding) => !this.#before.has(keyOf(finding)))
    const broken = found.find(({ rule }) => rule === 'not-rendered')
    if (broken !== undefined && laid.length > 1) {
      this.#tree.reset()
      const middle = Math.ceil(laid.length / 2)
      await this.judge(laid.slice(0, middle).map(({ trial }) => trial))
      await this.judge(laid.slice(middle).map(({ trial }) => trial))
      return
    }
    if (broken !== undefined) {
      this.#tree.reset()
      this.refused++
      return
    }
    const [only] = laid
    if (only !== undefined && laid.length === 1 && (await this.#isUndone(only, found))) {
      this.#tree.reset()
      this.undone++
      return
    }
    this.#tree.reset()
    for (const { trial, done } of laid) {
      const isFound = found.some((finding) => isOf(finding, trial.fault, done))
      if (!isFound && laid.length > 1) await this.judge([trial])
      else this.#count(trial, done, isFound ? undefined : found)
    }
  }

  /** Whether the render is the same with the fault. */
  async #isUndone(
    { trial, done }: { readonly trial: Trial; readonly done: LaidFault },
    found: readonly CheckFinding[],
  ): Promise<boolean> {
    if (trial.fault.changesRender !== true || found.some((finding) => isOf(finding, trial.fault, done)))
      return false
    return (await this.#render()) === this.#rendered
  }

  #lay({ fault, seed }: Trial): LaidFault | undefined {
    return fault.lay(this.#tree, seededDraw(seed))
  }

  /** @param others the new findings, when none of them is of the fault's rule */
  #count({ fault, seed }: Trial, done: LaidFault, others: readonly CheckFinding[] | undefined): void {
    const rule = fault.rules.join('|')
    this.laid.set(rule, (this.laid.get(rule) ?? 0) + 1)
    if (others === undefined) return
    const shown = `${rule}: ${fault.says} in ${done.file} (${done.mentions}, seed ${seed})`
    const other = others.find((finding) => isAbout(finding, done))
    if (other === undefined) this.missed.push(shown)
    else this.elsewhere.push(`${shown}: ${other.rule}: ${other.message}`)
  }

  async #check(): Promise<CheckFinding[]> {
    this.checks++
    return checkTree(this.#tree.folder)
  }

  /** The manifests of the overlays with faults. */
  async #render(): Promise<string> {
    const workspace = await openWorkspace(this.#tree.folder)
    const texts: string[] = []
    for (const { name, folder } of workspace.overlays) {
      if (!this.#tree.overlays.some((path) => folder.endsWith(path))) continue
      const { manifests } = await workspace.render(name, { secrets: 'stub' })
      texts.push(Buffer.from(manifests).toString('utf8'))
    }
    return texts.join('\n')
  }
}

/** The findings of all overlays of a workspace. */
export async function checkTree(folder: string): Promise<CheckFinding[]> {
  const workspace = await openWorkspace(folder)
  return workspace.check(
    workspace.overlays.map(({ name }) => name),
    { compared: true },
  )
}

function isOf(finding: CheckFinding, fault: Fault, laid: LaidFault): boolean {
  return fault.rules.includes(finding.rule) && isAbout(finding, laid)
}

function isAbout({ object, message, position }: CheckFinding, { mentions }: LaidFault): boolean {
  return [object, message, position?.file].some((text) => text?.includes(mentions))
}

/** What identifies a finding in another state of the tree. */
export function keyOf({ rule, object, message, overlays }: CheckFinding): string {
  return [rule, object ?? '', message, ...overlays].join('\t')
}
