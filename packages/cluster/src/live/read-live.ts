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

/** The objects of the cluster that were asked for. */
export interface LiveRead {
  /** By `liveKey`. An object that does not exist is not in it. */
  readonly objects: ReadonlyMap<string, ValueMap>
  /** The objects that could not be read, each with the reason: no permission, or a kind that the server does not have. */
  readonly unread: readonly Unread[]
}

/** An object that could not be read. */
export interface Unread {
  readonly id: ResourceId
  readonly reason: string
  /** Whether the server does not know the kind; its CustomResourceDefinition may be in the same manifests. */
  readonly kindUnknown: boolean
}

/** The identity of an object in a cluster. It has no API version: an object is served in all versions of its group. */
export function liveKey({ apiVersion, kind, namespace, name }: ResourceId): string {
  return [groupOf(apiVersion), kind, namespace, name].join('\n')
}

/**
 * Reads each object by its identity, in one run of `kubectl get -f -`. Objects of kinds that the user may not read are in `unread`.
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
    // An object without a namespace is in that of the context.
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

/** The objects that kubectl printed: those of a List, one object, or none. */
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
    message: 'kubectl get printed something other than JSON',
    hint: 'run kubectl get namespaces -o json on the same context: it must print JSON only',
    blame: 'program',
    cause,
  })
}

/** The objects that the lines of an error are about, each with its reason. */
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

/** Whether a line of an error is about an object. Objects of several kinds often have the same name, so that the kind must match too. */
function isAbout(line: string, { apiVersion, kind, namespace, name }: ResourceId): boolean {
  if (line.includes('no matches for kind')) return line.includes(`kind "${kind}" in version "${apiVersion}"`)
  if (!line.includes(`"${name}"`)) return false
  const forbidden = FORBIDDEN.exec(line)?.groups
  if (forbidden === undefined) return true
  const group = groupOf(apiVersion)
  if (forbidden['group'] !== group) return false
  if (namespace !== '' && forbidden['namespace'] !== namespace) return false
  // A CustomResourceDefinition may give its kind any plural.
  return !isBuiltIn(group) || pluralsOf(kind).includes(forbidden['resource'] ?? '')
}

/** What an API server answers to a user without permission. */
const FORBIDDEN =
  /cannot \w+ resource "(?<resource>[^"]*)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]*)")?/u

function pluralsOf(kind: string): string[] {
  const one = kind.toLowerCase()
  return [one, `${one}s`, `${one}es`, one.replace(/y$/u, 'ies')]
}
