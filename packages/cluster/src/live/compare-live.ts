import {
  diffManifests,
  type DiffRules,
  idKey,
  isMap,
  type ManifestDiff,
  type Manifests,
  member,
  memberAt,
  parseManifests,
  type Resource,
  setMember,
  toJson,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import type { Kubectl } from '../kubectl.ts'
import { lastApplied } from './last-applied.ts'
import { fieldsByHand, handsOn } from './managed-fields.ts'
import { type LiveRead, liveKey, readLive, type Unread } from './read-live.ts'
import { serverView } from './server-view.ts'

/** What the cluster has, held against manifests. */
export interface LiveComparison {
  /** From the live objects to the manifests: what applying changes. */
  readonly diff: ManifestDiff
  /** From what was last applied to the live objects: what was changed in the cluster since, by hand or by others. */
  readonly drift: ManifestDiff
  /** Who changed an object beside its manifest, by `idKey` of the manifest. */
  readonly hands: ReadonlyMap<string, readonly string[]>
  /** What the server did not say, and why. */
  readonly unread: readonly Unread[]
}

export interface LiveOptions {
  readonly rules?: DiffRules | undefined
  /** Leave out the values of Secrets: the manifests hold stubs. */
  readonly withoutSecretValues?: boolean | undefined
  /** What was accepted before: an object of it that is not in the cluster was deleted there. */
  readonly accepted?: Manifests | undefined
}

/**
 * Compares live objects with manifests. Fields that the server, controllers and other managers added are no
 * difference.
 */
export async function compareLive(
  kubectl: Kubectl,
  manifests: Manifests,
  options: LiveOptions = {},
): Promise<LiveComparison> {
  const read = await readLive(kubectl, manifests.resources)
  return compareRead(read, manifests, `live:${kubectl.context}`, options)
}

/** The part of `compareLive` that asks nothing. */
export function compareRead(
  { objects, unread }: LiveRead,
  manifests: Manifests,
  title: string,
  { rules, withoutSecretValues = false, accepted }: LiveOptions = {},
): LiveComparison {
  const unreadable = new Set(unread.map(({ id }) => idKey(id)))
  const sides = { live: new Texts(), wanted: new Texts(), applied: new Texts(), now: new Texts() }
  const hands = new Map<string, readonly string[]>()
  for (const resource of manifests.resources) {
    if (unreadable.has(idKey(resource.id))) continue
    const live = objects.get(liveKey(resource.id))
    if (live === undefined) {
      sides.wanted.add(resource.text)
      if (accepted?.find(resource.id) !== undefined) sides.applied.add(accepted.find(resource.id)?.text ?? '')
      continue
    }
    const names = handsOn(live)
    if (names.length > 0) hands.set(idKey(resource.id), names)
    addSides(sides, resource, live, withoutSecretValues)
  }
  return {
    diff: diffManifests(sides.live.read(title), sides.wanted.read(manifests.file), rules),
    drift: diffManifests(sides.applied.read('last applied'), sides.now.read(title), rules),
    hands,
    unread,
  }
}

interface Sides {
  readonly live: Texts
  readonly wanted: Texts
  readonly applied: Texts
  readonly now: Texts
}

function addSides(sides: Sides, resource: Resource, live: ValueMap, withoutSecretValues: boolean): void {
  const plain = (value: ValueMap): ValueMap => asStored(withoutSecretValues ? withoutValues(value) : value)
  const { id } = resource
  const byHand = fieldsByHand(live)
  const wanted = plain(resource.value)
  const view = serverView(plain(live), wanted, byHand)
  sides.live.add(named(view.live, id))
  sides.wanted.add(named(view.wanted, id))
  const applied = lastApplied(live, asStored(resource.value))
  if (applied === undefined) return
  const drift = serverView(asStored(live), asStored(applied), byHand)
  sides.applied.add(named(drift.wanted, id))
  sides.now.add(named(drift.live, id))
}

/** The manifests of one side, as text. */
class Texts {
  readonly #texts: string[] = []

  add(document: string | ValueMap): void {
    this.#texts.push(typeof document === 'string' ? document.replace(/\n*$/u, '\n') : `${toJson(document)}\n`)
  }

  read(file: string): Manifests {
    return parseManifests(this.#texts.join('---\n'), { file })
  }
}

/** Under the identity of the manifest: what names no namespace has none. */
function named(value: ValueMap, { apiVersion, kind, namespace, name }: Resource['id']): ValueMap {
  const metadata = member(value, 'metadata')
  const { namespace: _namespace, ...others } = isMap(metadata) ? metadata : {}
  return {
    ...value,
    apiVersion,
    kind,
    metadata: { ...others, name, ...(namespace === '' ? {} : { namespace }) },
  }
}

const COPY = 'kubectl.kubernetes.io/last-applied-configuration'

/** As the API server would store it: no status, no copy of what was applied, the texts of a Secret in base64. */
function asStored(value: ValueMap): ValueMap {
  const { status: _status, stringData, ...stored } = value
  const metadata = member(value, 'metadata')
  const annotations = member(metadata, 'annotations')
  if (isMap(metadata)) {
    const {
      managedFields: _fields,
      creationTimestamp: _time,
      uid: _uid,
      resourceVersion: _version,
      ...rest
    } = metadata
    const { [COPY]: _copy, ...notes } = isMap(annotations) ? annotations : {}
    stored['metadata'] = isMap(annotations) ? { ...rest, annotations: notes } : rest
  }
  if (member(value, 'kind') !== 'Secret' || !isMap(stringData)) return stored
  const data = { ...mapOf(member(value, 'data')) }
  for (const [key, text] of Object.entries(stringData))
    setMember(data, key, Buffer.from(String(text)).toString('base64'))
  return { ...stored, data }
}

function mapOf(value: Value | undefined): ValueMap {
  return isMap(value) ? value : {}
}

/** A Secret with the names of its values alone. */
function withoutValues(value: ValueMap): ValueMap {
  if (member(value, 'kind') !== 'Secret') return value
  const names = [
    ...Object.keys(mapOf(memberAt(value, 'data'))),
    ...Object.keys(mapOf(memberAt(value, 'stringData'))),
  ]
  const { stringData: _stringData, ...rest } = value
  return { ...rest, data: Object.fromEntries(names.map((name) => [name, ''])) }
}
