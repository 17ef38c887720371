import {
  diffManifests,
  type DiffRules,
  idKey,
  type ManifestDiff,
  type Manifests,
  type ResourceId,
} from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { asStored, type SecretStubs } from './as-stored.ts'
import { type Extra, readExtras } from './extras.ts'
import { ownersAt, type OwnersAt } from './field-owners.ts'
import { lastApplied } from './last-applied.ts'
import { LiveSides } from './live-sides.ts'
import { fieldsByHand, handsOn } from './managed-fields.ts'
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
  /** Who owns a field of an object beside its manifest. */
  readonly ownersAt: OwnersAt
  /** What the server did not say, and why. */
  readonly unread: readonly Unread[]
  /** What is not there, and nothing tells whether it is new or was deleted. */
  readonly untold: readonly ResourceId[]
  /** Objects, by `idKey`, whose rollout has not ended. */
  readonly unfinished: ReadonlySet<string>
}

export interface LiveOptions {
  readonly rules?: DiffRules | undefined
  /** Where the manifests hold stubs, the values of Secrets are left out. */
  readonly stubs?: SecretStubs | undefined
  /**
   * What was accepted before, with stub secrets: an object of it that is not in the cluster was deleted there, and it
   * is what was last applied of an object whose record of that is gone. Asked for only where it tells something.
   */
  readonly accepted?: (() => Promise<Manifests | undefined>) | undefined
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
  const accepted = lacksRecords(read, manifests) ? await options.accepted?.() : undefined
  return compareRead(read, manifests, `live:${kubectl.context}`, { ...options, extras, accepted })
}

/** Whether the cluster has some of the objects, and does not say what was last applied of others. */
function lacksRecords({ objects }: LiveRead, { resources }: Manifests): boolean {
  if (objects.size === 0) return false
  return resources.some(({ id, value }) => {
    const live = objects.get(liveKey(id))
    return live === undefined || lastApplied(live, value) === undefined
  })
}

interface ReadOptions extends Pick<LiveOptions, 'rules' | 'stubs' | 'extras'> {
  readonly accepted?: Manifests | undefined
}

/** The part of `compareLive` that asks nothing. */
export function compareRead(
  read: LiveRead,
  manifests: Manifests,
  title: string,
  options: ReadOptions = {},
): LiveComparison {
  const { objects, unread } = read
  const { rules, accepted, extras = [] } = options
  const unreadable = new Map(unread.map((one) => [idKey(one.id), one]))
  const sides = new LiveSides(options.stubs)
  const untold: ResourceId[] = []
  const hands = new Map<string, readonly string[]>()
  for (const resource of manifests.resources) {
    const unknown = unreadable.get(idKey(resource.id))
    // What has no definition yet is new; of what may not be read nothing is known.
    if (unknown?.kindUnknown) sides.wanted.add(resource.text)
    if (unknown !== undefined) continue
    const live = objects.get(liveKey(resource.id))
    if (live === undefined) {
      if (accepted === undefined && objects.size > 0) untold.push(resource.id)
      sides.addMissing(resource, accepted?.find(resource.id)?.value)
      continue
    }
    const names = handsOn(live)
    if (names.length > 0) hands.set(idKey(resource.id), names)
    sides.addLive(resource, live, accepted?.find(resource.id)?.value)
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
    ownersAt: (id, path) => {
      const live = objects.get(liveKey(id))
      return live === undefined ? [] : ownersAt(live, path)
    },
    unread,
    untold,
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
