import { mapsOf, member, type Value, type ValueMap } from '@overlay-render/golden'

import { textOf, textsOf } from '../jobs/repository.ts'
import type { ClusterObject } from './prow-check.ts'

/** A ServiceAccount. */
export interface Account {
  readonly namespace: string
  readonly name: string
}

/** What a right is about: a resource of an API group. */
export interface RightsOn {
  readonly group: string
  readonly resource: string
}

/** One binding. */
export interface Grant {
  /** Whether the objects have its role. */
  readonly isKnown: boolean
  /** Whether it lets the account do this in the namespace. */
  readonly allows: (account: Account, namespace: string, verb: string) => boolean
}

/** The bindings that give rights on a resource. A role that the objects do not have is assumed to give every right. */
export function listGrants(objects: readonly ClusterObject[], on: RightsOn): Grant[] {
  const roles = new Map(
    objects
      .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
      .map(({ kind, namespace, name, value }) => [`${kind} ${namespace} ${name}`, value]),
  )
  return objects.flatMap(({ kind, namespace, value }): Grant[] => {
    if (kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') return []
    const roleRef = member(value, 'roleRef')
    const roleKind = textOf(roleRef, 'kind')
    const role = roles.get(`${roleKind} ${roleKind === 'Role' ? namespace : ''} ${textOf(roleRef, 'name')}`)
    const verbs = role === undefined ? EVERY : verbsOf(role, on)
    if (verbs.length === 0) return []
    const subjects = mapsOf(value, 'subjects')
    return [
      {
        isKnown: role !== undefined,
        allows: (account, wanted, verb) =>
          (kind === 'ClusterRoleBinding' || namespace === wanted) &&
          isOneOf(verbs, verb) &&
          subjects.some((subject) => isSubject(subject, account, namespace)),
      },
    ]
  })
}

const EVERY: readonly string[] = ['*']

function isOneOf(list: readonly string[], name: string): boolean {
  return list.includes(name) || list.includes('*')
}

function verbsOf(role: ValueMap, { group, resource }: RightsOn): readonly string[] {
  // The controller of the cluster fills in the rules of such a role.
  if (member(role, 'aggregationRule') !== undefined) return EVERY
  return mapsOf(role, 'rules')
    .filter(
      (rule) => isOneOf(textsOf(rule, 'apiGroups'), group) && isOneOf(textsOf(rule, 'resources'), resource),
    )
    .flatMap((rule) => textsOf(rule, 'verbs'))
}

/** Kubernetes takes the namespace of the RoleBinding for a ServiceAccount without one. */
function isSubject(subject: Value, { namespace, name }: Account, bindingNamespace: string): boolean {
  const wanted = textOf(subject, 'name')
  switch (textOf(subject, 'kind')) {
    case 'ServiceAccount': {
      return wanted === name && (textOf(subject, 'namespace') || bindingNamespace) === namespace
    }
    case 'Group': {
      return [
        'system:serviceaccounts',
        `system:serviceaccounts:${namespace}`,
        'system:authenticated',
        'system:masters',
      ].includes(wanted)
    }
    default: {
      return wanted === `system:serviceaccount:${namespace}:${name}`
    }
  }
}
