import { openWorkspace } from '@overlay-render/render'
import { formatPosition } from '@overlay-render/system'

import { type Draw, seededDraw } from '../differential/draw.ts'
import { changePlaces } from './change-place.ts'
import { allLeaves, isSubject, type Leaf, renderLeaves } from './leaves.ts'

/** What a proof did with one overlay. */
export interface Proof {
  /** All leaves of the overlay: each is compared in each render. */
  readonly leaves: number
  /** The leaves that were changed at the position that `explain` names. */
  readonly changed: number
  readonly renders: number
  /** Sentences about leaves for which `explain` is wrong. */
  readonly counterexamples: readonly string[]
}

/** How many positions change in one render. */
const BATCH = 20

/**
 * Changes the positions that `explain` names for random leaves of an overlay, and renders. Every leaf whose last step is at one of
 * the positions must change, and no leaf may change that has no step there. Many positions change in one render; when that render
 * contradicts `explain`, each of them changes alone, so that they cannot hide each other.
 *
 * @param count the number of leaves to change
 */
export async function proveExplain(
  folder: string,
  overlay: string,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Proof> {
  const leaves = await allLeaves(await openWorkspace(folder), overlay)
  const subjects = draw(seededDraw(seed), leaves.filter(isSubject), count)
  const proof = new Trials(folder, overlay, leaves)
  await proof.begin()
  for (let at = 0; at < subjects.length; at += BATCH) await proof.judge(subjects.slice(at, at + BATCH))
  return {
    leaves: leaves.length,
    changed: subjects.length,
    renders: proof.renders,
    counterexamples: proof.wrong,
  }
}

/** Random leaves, each of another position. */
function draw(random: Draw, leaves: readonly Leaf[], count: number): Leaf[] {
  const left = [...leaves]
  const drawn = new Map<string, Leaf>()
  while (left.length > 0 && drawn.size < count) {
    const at = random.below(left.length)
    const leaf = left[at]
    const last = left.pop()
    if (leaf === undefined || last === undefined) break
    if (at < left.length) left[at] = last
    const place = placeOf(leaf)
    if (!drawn.has(place)) drawn.set(place, leaf)
  }
  return [...drawn.values()]
}

function placeOf({ place }: Leaf): string {
  return place === undefined ? 'nowhere' : formatPosition(place)
}

class Trials {
  readonly wrong: string[] = []
  renders = 0
  readonly #folder: string
  readonly #overlay: string
  readonly #leaves: readonly Leaf[]
  #before: ReadonlyMap<string, string> = new Map()

  constructor(folder: string, overlay: string, leaves: readonly Leaf[]) {
    this.#folder = folder
    this.#overlay = overlay
    this.#leaves = leaves
  }

  /** Renders the unchanged tree. */
  async begin(): Promise<void> {
    this.#before = await this.#render()
  }

  /** Changes the positions of leaves in one render; when that contradicts `explain`, one after the other. */
  async judge(changed: readonly Leaf[]): Promise<void> {
    const said = await this.#try(changed)
    if (said.length === 0) return
    if (changed.length > 1) {
      const middle = Math.ceil(changed.length / 2)
      await this.judge(changed.slice(0, middle))
      await this.judge(changed.slice(middle))
    } else this.wrong.push(...said)
  }

  async #try(changed: readonly Leaf[]): Promise<string[]> {
    const places = changed.flatMap(({ place, written }) =>
      place === undefined ? [] : [{ position: place, value: written }],
    )
    const names = new Set(changed.map((leaf) => placeOf(leaf)))
    const shown = [...names].join(', ')
    if (names.has('nowhere')) return changed.map(({ id }) => `${id}: no position is named`)
    const { wrong, undo } = changePlaces(this.#folder, places)
    try {
      if (wrong.length > 0)
        return changed.map(({ id }) => `${id} at ${shown}: the value is not written there`)
      const now = await this.#render().catch((error: unknown) => String(error))
      if (typeof now === 'string')
        return [`${changed[0]?.id} at ${shown}: the overlay cannot be rendered any more: ${now}`]
      return this.#leaves.flatMap((leaf) => {
        const [old, value] = [this.#before.get(leaf.id), now.get(leaf.id)]
        const isOwn = names.has(placeOf(leaf))
        if (isOwn && old === value) return `${leaf.id}: ${shown} was changed, and it is still ${value}`
        const isOther = !isOwn && ![...leaf.places].some((place) => names.has(place))
        return isOther && old !== value
          ? `${leaf.id}: ${shown} was changed, and it is ${value} instead of ${old}`
          : []
      })
    } finally {
      undo()
    }
  }

  async #render(): Promise<ReadonlyMap<string, string>> {
    this.renders++
    return renderLeaves(this.#folder, this.#overlay, this.#leaves)
  }
}
