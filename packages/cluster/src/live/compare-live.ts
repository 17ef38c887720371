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
import { fieldsByHand, managersByHand } from './managed-fields.ts'
import { type LiveRead, liveKey, readLive, type Unread } from './read-live.ts'
import { serverView } from './server-view.ts'
import { named, SideTexts } from './side-texts.ts'
import { unfinishedRollouts } from './unfinished-rollouts.ts'

/** A comparison of the cluster with manifests. */
export interface LiveComparison {
  /** From the live objects to the manifests: what applying changes. Fields of other managers stay, as with kubectl. */
  readonly diff: ManifestDiff
  /** The two sides of `diff`. They hold the values of Secrets. */
  readonly sides: { readonly before: Manifests; readonly after: Manifests }
  /** From what was last applied to the manifests; from the live object where it was never applied. */
  readonly change: ManifestDiff
  /** From what was last applied to the live objects: what people and other tools changed in the cluster since. */
  readonly drift: ManifestDiff
  /** The field managers that changed an object other than by applying this manifest, by `idKey` of the manifest. */
  readonly changedBy: ReadonlyMap<string, readonly string[]>
  /** The other field managers that own a field of an object. */
  readonly ownersAt: OwnersAt
  /** The objects that could not be read, each with the reason. */
  readonly unread: readonly Unread[]
  /** Objects that are not in the cluster, where it is unknown whether they are new or were deleted. */
  readonly undetermined: readonly ResourceId[]
  /** Objects, by `idKey`, whose rollout has not ended. */
  readonly unfinished: ReadonlySet<string>
}

/** Options of a comparison with a cluster. */
export interface LiveOptions {
  readonly rules?: DiffRules | undefined
  /** Given where the manifests hold stub secrets: the values of Secrets are then not compared. */
  readonly stubs?: SecretStubs | undefined
  /**
   * The manifests that were accepted before, with stub secrets. An object of them that is not in the cluster was deleted there; and
   * they stand for what was last applied of an object without a record of it. Called only where that is needed.
   */
  readonly accepted?: (() => Promise<Manifests | undefined>) | undefined
  /** Objects that people created in the namespaces of the manifests; `drift` shows them as added. */
  readonly extras?: readonly Extra[] | undefined
}

/**
 * Compares live objects with manifests. Fields that the server, controllers and other managers added are not differences.
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

/** Whether some of the objects are in the cluster, and others are missing there or have no record of what was last applied. */
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

/** `compareLive` without requests to the cluster. */
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
  const undetermined: ResourceId[] = []
  const changedBy = new Map<string, readonly string[]>()
  for (const resource of manifests.resources) {
    const unknown = unreadable.get(idKey(resource.id))
    // An object without a definition yet is new. Of an object that may not be read nothing is known.
    if (unknown?.kindUnknown) sides.wanted.add(resource.text)
    if (unknown !== undefined) continue
    const live = objects.get(liveKey(resource.id))
    if (live === undefined) {
      if (accepted === undefined && objects.size > 0) undetermined.push(resource.id)
      sides.addMissing(resource, accepted?.find(resource.id)?.value)
      continue
    }
    const names = managersByHand(live)
    if (names.length > 0) changedBy.set(idKey(resource.id), names)
    sides.addLive(resource, live, accepted?.find(resource.id)?.value)
  }
  for (const { id, value, by } of extras) {
    changedBy.set(idKey(id), by)
    sides.now.add(named(asStored(value), id))
  }
  return {
    ...diffSides(sides, { live: title, wanted: manifests.file }, rules),
    changedBy,
    ownersAt: (id, path) => {
      const live = objects.get(liveKey(id))
      return live === undefined ? [] : ownersAt(live, path)
    },
    unread,
    undetermined,
    unfinished: unfinishedRollouts(manifests, read),
  }
}

/** The live objects of the manifests, as manifests: only the fields that the manifests or people set. */
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

function diffSides(
  sides: LiveSides,
  files: { readonly live: string; readonly wanted: string },
  rules: LiveOptions['rules'],
): Pick<LiveComparison, 'diff' | 'sides' | 'change' | 'drift'> {
  const applied = 'last applied'
  const [before, after] = [sides.live.read(files.live), sides.wanted.read(files.wanted)]
  return {
    diff: diffManifests(before, after, rules),
    sides: { before, after },
    change: diffManifests(sides.before.read(applied), sides.after.read(files.wanted), rules),
    drift: diffManifests(sides.applied.read(applied), sides.now.read(files.live), rules),
  }
}
