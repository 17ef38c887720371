import type { Resource, ValueMap } from '@overlay-render/golden'

import { asStored, type SecretStubs, withoutValues } from './as-stored.ts'
import { lastApplied } from './last-applied.ts'
import { fieldsApplied, fieldsByHand, fieldsOf, type OwnedFields } from './managed-fields.ts'
import { serverView } from './server-view.ts'
import { named, SideTexts } from './side-texts.ts'

type Pair<Item> = readonly [Item, Item]

/**
 * The two sides of each comparison with a cluster: `live` to `wanted`, `before` to `after` (the change), `applied` to `now` (the
 * drift). They are filled object by object.
 */
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

  /** Adds an object that is not in the cluster: it is new, or was deleted there. */
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

  /**
   * Adds an object that is in the cluster. `accepted` is what was accepted of it, for an object without a record of what was last
   * applied.
   */
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
    // The accepted manifests have stub secrets.
    const drift =
      recorded === undefined ? withoutStubs(live, applied, stubs ?? {}) : ([live, applied] as const)
    add([this.now, this.applied], drift, fieldsByHand(live))
  }
}

/** Both sides without the values of Secrets where `stubs` is given. */
function withoutStubs(was: ValueMap, stub: ValueMap, stubs: SecretStubs | undefined): Pair<ValueMap> {
  return stubs === undefined ? [was, stub] : withoutValues(was, stub, stubs)
}

/** The fields that applying removes when the manifest no longer has them. */
function manifestFields(live: ValueMap, applied: ValueMap | undefined): OwnedFields | undefined {
  return fieldsApplied(live) ?? (applied === undefined ? undefined : fieldsOf(applied))
}
