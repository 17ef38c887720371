import {
  compareIds,
  groupOf,
  isList,
  isMap,
  member,
  type Resource,
  type ResourceId,
  type Value,
  type ValueMap,
} from '@overlay-render/golden'

import { isBuiltIn } from '../api-groups.ts'
import { ClusterFault } from '../cluster-fault.ts'
import type { Kubectl } from '../kubectl.ts'
import { firstLine } from '../kubectl-words.ts'
import { identityOf } from '../object-identity.ts'

/** What the cluster has of the objects that were asked for. */
export interface LiveRead {
  /** By `liveKey`. What is not there is not in it. */
  readonly objects: ReadonlyMap<string, ValueMap>
  /** What the server did not say, with why: no right to read it, or a kind that it does not have. */
  readonly unread: readonly Unread[]
}

export interface Unread {
  readonly id: ResourceId
  readonly reason: string
  /** Whether the server does not know the kind, such as that of a definition that is still to come. */
  readonly kindUnknown: boolean
}

/** The identity that an object has in a cluster: versions of its API are views of it. */
export function liveKey({ apiVersion, kind, namespace, name }: ResourceId): string {
  return [groupOf(apiVersion), kind, namespace, name].join('\n')
}

/**
 * Asks for each object by its identity, in one run of `kubectl get -f -`. Rights that are missing for some kinds
 * leave those unread.
 *
 * @throws ClusterFault `cluster-unreachable`, `context-unknown` or `kubectl-failed`
 */
export async function readLive(
  kubectl: Kubectl,
  resources: readonly Pick<Resource, 'id'>[],
): Promise<LiveRead> {
  if (resources.length === 0) return { objects: new Map(), unread: [] }
  const input = JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: resources.map(({ id }) => identityOf(id)),
  })
  const answer = await kubectl.run(
    ['get', '-f', '-', '-o', 'json', '--ignore-not-found', '--show-managed-fields'],
    { input },
  )
  const objects = new Map<string, ValueMap>()
  const namespaced = new Map<string, ResourceId>()
  for (const { id } of resources) namespaced.set(liveKey(id), id)
  for (const item of itemsOf(answer.stdout)) {
    const id = idOf(item)
    // What names no namespace lands in that of the context.
    const key = namespaced.has(liveKey(id)) ? liveKey(id) : liveKey({ ...id, namespace: '' })
    objects.set(key, item)
  }
  return { objects, unread: answer.ok ? [] : unreadOf(resources, objects, answer.stderr) }
}

/** The identity of a live object. */
export function idOf(object: ValueMap): ResourceId {
  const metadata = member(object, 'metadata')
  return {
    apiVersion: textAt(object, 'apiVersion'),
    kind: textAt(object, 'kind'),
    namespace: textAt(metadata, 'namespace'),
    name: textAt(metadata, 'name'),
  }
}

function textAt(value: Value | undefined, key: string): string {
  const text = member(value, key)
  return typeof text === 'string' ? text : ''
}

/** The objects of what kubectl printed: a List, one object, or nothing. */
export function itemsOf(text: string): ValueMap[] {
  if (text.trim() === '') return []
  const root = parse(text)
  const items = member(root, 'items')
  if (!isMap(root)) throw notJson()
  return isList(items) ? items.filter(isMap) : [root]
}

function parse(text: string): Value {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notJson(error)
  }
}

function notJson(cause?: unknown): ClusterFault {
  return new ClusterFault({
    code: 'kubectl-failed',
    message: 'kubectl get printed something that is not JSON',
    blame: 'program',
    cause,
  })
}

/** The objects that the lines of an error are about. */
function unreadOf(
  resources: readonly Pick<Resource, 'id'>[],
  objects: ReadonlyMap<string, ValueMap>,
  stderr: string,
): Unread[] {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const unread = resources
    .filter(({ id }) => !objects.has(liveKey(id)))
    .flatMap(({ id }): Unread[] => {
      const line = lines.find((one) => isAbout(one, id))
      if (line === undefined) return []
      const kindUnknown = line.includes('no matches for kind')
      const reason = kindUnknown ? `the server has no ${id.kind} in ${id.apiVersion}` : firstLine(line)
      return [{ id, reason, kindUnknown }]
    })
  if (unread.length === 0) {
    throw new ClusterFault({
      code: 'kubectl-failed',
      message: `kubectl get failed: ${firstLine(stderr)}`,
      verbose: stderr,
      blame: 'program',
    })
  }
  return unread.sort((a, b) => compareIds(a.id, b.id))
}

/** Objects of several kinds often have one name, so that the kind has to be told as well. */
function isAbout(line: string, { apiVersion, kind, namespace, name }: ResourceId): boolean {
  if (line.includes('no matches for kind')) return line.includes(`kind "${kind}" in version "${apiVersion}"`)
  if (!line.includes(`"${name}"`)) return false
  const forbidden = FORBIDDEN.exec(line)?.groups
  if (forbidden === undefined) return true
  const group = groupOf(apiVersion)
  if (forbidden['group'] !== group) return false
  if (namespace !== '' && forbidden['namespace'] !== namespace) return false
  // A definition may give its kind any plural.
  return !isBuiltIn(group) || pluralsOf(kind).includes(forbidden['resource'] ?? '')
}

/** What an API server says to a user without rights. */
const FORBIDDEN =
  /cannot \w+ resource "(?<resource>[^"]*)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]*)")?/u

function pluralsOf(kind: string): string[] {
  const one = kind.toLowerCase()
  return [one, `${one}s`, `${one}es`, one.replace(/y$/u, 'ies')]
}
