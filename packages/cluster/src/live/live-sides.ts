import type { Resource, ValueMap } from '@overlay-render/golden'

import { asStored, type SecretStubs, withoutValues } from './as-stored.ts'
import { lastApplied } from './last-applied.ts'
import { fieldsApplied, fieldsByHand, fieldsOf, type OwnedFields } from './managed-fields.ts'
import { serverView } from './server-view.ts'
import { named, SideTexts } from './side-texts.ts'

type Pair<Item> = readonly [Item, Item]

/** The two sides of each comparison with a cluster, filled object by object. */
export class LiveSides {
  readonly live: SideTexts = new SideTexts()
  readonly wanted: SideTexts = new SideTexts()
  readonly before: SideTexts = new SideTexts()
  readonly after: SideTexts = new SideTexts()
  readonly applied: SideTexts = new SideTexts()
  readonly now: SideTexts = new SideTexts()
  readonly #stubs: SecretStubs | undefined

  constructor(stubs: SecretStubs | undefined) {
    this.#stubs = stubs
  }

  /** An object that is not there: it is new, or somebody deleted it. */
  addMissing({ text, value }: Resource, accepted: ValueMap | undefined): void {
    this.wanted.add(text)
    if (accepted === undefined) {
      this.after.add(text)
      return
    }
    this.applied.add(accepted)
    const [was, is] = withoutValues(accepted, value, this.#stubs ?? {})
    this.before.add(was)
    this.after.add(is)
  }

  /** @param accepted what was accepted of it, for an object that does not say what was last applied */
  addLive({ id, value }: Resource, live: ValueMap, accepted: ValueMap | undefined): void {
    const recorded = lastApplied(live, asStored(value))
    const applied = recorded ?? accepted
    const add = (
      [from, to]: Pair<SideTexts>,
      [was, is]: Pair<ValueMap>,
      owned: OwnedFields | undefined,
    ): void => {
      const view = serverView(asStored(was), asStored(is), owned)
      from.add(named(view.live, id))
      to.add(named(view.wanted, id))
    }
    const stubs = this.#stubs
    add([this.live, this.wanted], withoutStubs(live, value, stubs), manifestFields(live, applied))
    if (applied === undefined) {
      add([this.before, this.after], withoutStubs(live, value, stubs), undefined)
      return
    }
    add([this.before, this.after], withoutStubs(applied, value, stubs), fieldsOf(applied))
    // What was accepted has stubs.
    const drift =
      recorded === undefined ? withoutStubs(live, applied, stubs ?? {}) : ([live, applied] as const)
    add([this.now, this.applied], drift, fieldsByHand(live))
  }
}

/** @param stubs undefined where the values are real */
function withoutStubs(was: ValueMap, stub: ValueMap, stubs: SecretStubs | undefined): Pair<ValueMap> {
  return stubs === undefined ? [was, stub] : withoutValues(was, stub, stubs)
}

/** The fields that applying removes when the manifest has them no longer. */
function manifestFields(live: ValueMap, applied: ValueMap | undefined): OwnedFields | undefined {
  return fieldsApplied(live) ?? (applied === undefined ? undefined : fieldsOf(applied))
}
