import {
  diffManifests,
  type DiffRules,
  idKey,
  type ManifestDiff,
  type Manifests,
  type Resource,
  type ValueMap,
} from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { asStored, withoutValues } from './as-stored.ts'
import { type Extra, readExtras } from './extras.ts'
import { lastApplied } from './last-applied.ts'
import { fieldsApplied, fieldsByHand, fieldsOf, handsOn, type OwnedFields } from './managed-fields.ts'
import { type LiveRead, liveKey, readLive, type Unread } from './read-live.ts'
import { serverView } from './server-view.ts'
import { named, SideTexts } from './side-texts.ts'
import { unfinishedRollouts } from './unfinished-rollouts.ts'

/** What the cluster has, compared with manifests. */
export interface LiveComparison {
  /** From the live objects to the manifests: what applying changes. What others added stays, as with kubectl. */
  readonly diff: ManifestDiff
  /** The two sides of `diff`; they hold secrets. */
  readonly sides: { readonly before: Manifests; readonly after: Manifests }
  /** From what was last applied to the manifests; from the live object where it was never applied. */
  readonly change: ManifestDiff
  /** From what was last applied to the live objects: what was changed in the cluster since, by hand or by others. */
  readonly drift: ManifestDiff
  /** Who changed an object beside its manifest, by `idKey` of the manifest. */
  readonly hands: ReadonlyMap<string, readonly string[]>
  /** What the server did not say, and why. */
  readonly unread: readonly Unread[]
  /** Objects, by `idKey`, whose rollout has not ended. */
  readonly unfinished: ReadonlySet<string>
}

export interface LiveOptions {
  readonly rules?: DiffRules | undefined
  /** Leave out the values of Secrets: the manifests hold stubs. */
  readonly withoutSecretValues?: boolean | undefined
  /** What was accepted before: an object of it that is not in the cluster was deleted there. */
  readonly accepted?: Manifests | undefined
  /** Objects that people put into the namespaces of the manifests beside them; drift shows them as added. */
  readonly extras?: readonly Extra[] | undefined
}

/**
 * Compares live objects with manifests. Fields that the server, controllers and other managers added are no
 * difference.
 *
 * @throws ClusterFault `cluster-unreachable`, `context-unknown` or `kubectl-failed`
 */
export async function compareLive(
  kubectl: Kubectl,
  manifests: Manifests,
  options: LiveOptions = {},
): Promise<LiveComparison> {
  const read = await readLive(kubectl, manifests.resources)
  const extras = options.extras ?? (await readExtras(kubectl, manifests, read))
  return compareRead(read, manifests, `live:${kubectl.context}`, { ...options, extras })
}

/** The part of `compareLive` that asks nothing. */
export function compareRead(
  read: LiveRead,
  manifests: Manifests,
  title: string,
  options: LiveOptions = {},
): LiveComparison {
  const { objects, unread } = read
  const { rules, accepted, extras = [] } = options
  const unreadable = new Map(unread.map((one) => [idKey(one.id), one]))
  const sides = new LiveSides(options.withoutSecretValues ?? false)
  const hands = new Map<string, readonly string[]>()
  for (const resource of manifests.resources) {
    const unknown = unreadable.get(idKey(resource.id))
    // What has no definition yet is new; of what may not be read nothing is known.
    if (unknown?.kindUnknown) sides.wanted.add(resource.text)
    if (unknown !== undefined) continue
    const live = objects.get(liveKey(resource.id))
    if (live === undefined) {
      sides.addMissing(resource, accepted?.find(resource.id)?.text)
      continue
    }
    const names = handsOn(live)
    if (names.length > 0) hands.set(idKey(resource.id), names)
    sides.addLive(resource, live)
  }
  for (const { id, value, by } of extras) {
    hands.set(idKey(id), by)
    sides.now.add(named(asStored(value), id))
  }
  const [old, fresh] = ['last applied', manifests.file]
  const [before, after] = [sides.live.read(title), sides.wanted.read(fresh)]
  return {
    diff: diffManifests(before, after, rules),
    sides: { before, after },
    change: diffManifests(sides.before.read(old), sides.after.read(fresh), rules),
    drift: diffManifests(sides.applied.read(old), sides.now.read(title), rules),
    hands,
    unread,
    unfinished: unfinishedRollouts(manifests, read),
  }
}

/** The live objects of manifests as manifests: of each, what they or a person say. */
export async function readLiveManifests(
  kubectl: Kubectl,
  manifests: Manifests,
  title: string,
): Promise<{ readonly manifests: Manifests; readonly unread: readonly Unread[] }> {
  const { objects, unread } = await readLive(kubectl, manifests.resources)
  const texts = new SideTexts()
  for (const { id, value } of manifests.resources) {
    const live = objects.get(liveKey(id))
    if (live === undefined) continue
    texts.add(named(serverView(asStored(live), asStored(value), fieldsByHand(live)).live, id))
  }
  return { manifests: texts.read(title), unread }
}

/** The two sides of each comparison, filled object by object. */
class LiveSides {
  readonly live = new SideTexts()
  readonly wanted = new SideTexts()
  readonly before = new SideTexts()
  readonly after = new SideTexts()
  readonly applied = new SideTexts()
  readonly now = new SideTexts()
  readonly #withoutValues: boolean

  constructor(withoutSecretValues: boolean) {
    this.#withoutValues = withoutSecretValues
  }

  /** An object that is not there: it is new, or somebody deleted it. */
  addMissing({ text }: Resource, accepted: string | undefined): void {
    this.wanted.add(text)
    this.after.add(text)
    if (accepted === undefined) return
    this.applied.add(accepted)
    this.before.add(accepted)
  }

  addLive({ id, value }: Resource, live: ValueMap): void {
    const wanted = this.#plain(value)
    const applied = lastApplied(live, asStored(value))
    const add = (
      [from, to]: readonly [SideTexts, SideTexts],
      [was, is]: readonly [ValueMap, ValueMap],
      owned: OwnedFields | undefined,
    ): void => {
      const view = serverView(was, is, owned)
      from.add(named(view.live, id))
      to.add(named(view.wanted, id))
    }
    add([this.live, this.wanted], [this.#plain(live), wanted], manifestFields(live, applied))
    if (applied === undefined) {
      add([this.before, this.after], [this.#plain(live), wanted], undefined)
      return
    }
    add([this.before, this.after], [this.#plain(applied), wanted], fieldsOf(applied))
    add([this.now, this.applied], [asStored(live), asStored(applied)], fieldsByHand(live))
  }

  #plain(value: ValueMap): ValueMap {
    return asStored(this.#withoutValues ? withoutValues(value) : value)
  }
}

/** The fields that applying removes when the manifest has them no longer. */
function manifestFields(live: ValueMap, applied: ValueMap | undefined): OwnedFields | undefined {
  return fieldsApplied(live) ?? (applied === undefined ? undefined : fieldsOf(applied))
}
