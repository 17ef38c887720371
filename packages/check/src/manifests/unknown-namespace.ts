import { formatId } from '@overlay-render/golden'
import { editDistance } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'

/** Namespaces that every cluster has. */
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease']
/** Shorter names are near to each other by chance. */
const SHORTEST = 6

/**
 * A namespace that nobody defines and that is one slip away from one that the render defines, or that more of its
 * objects are in. Names that differ in digits alone are a series.
 */
function likelyMeant(
  namespace: string,
  counts: ReadonlyMap<string, number>,
  known: ReadonlySet<string>,
): string | undefined {
  const own = counts.get(namespace) ?? 0
  return [...new Set([...known, ...counts.keys()])].find(
    (other) =>
      other !== namespace &&
      (known.has(other) || (counts.get(other) ?? 0) > 2 * own) &&
      isSlip(namespace, other),
  )
}

function isSlip(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < SHORTEST) return false
  const letters = (name: string): string => name.replaceAll(/\d+/gu, '0')
  // One part more or less, such as -jobs, is another name.
  if (letters(a) === letters(b) || a.split('-').length !== b.split('-').length) return false
  return editDistance(a, b) <= (Math.min(a.length, b.length) < 10 ? 1 : 2)
}

export const unknownNamespace: Rule<ManifestCheck> = {
  name: 'unknown-namespace',
  severity: 'error',
  doc: 'Objects are in a namespace that nobody defines and whose name is one slip away from one that is known.',
  check: (input) => {
    const { resources, provides } = input
    const known = new Set([
      ...BUILT_IN,
      ...[...resources.map(({ id }) => id), ...provides]
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ name }) => name),
    ])
    const counts = new Map<string, number>()
    for (const { id } of resources) {
      if (id.namespace !== '') counts.set(id.namespace, (counts.get(id.namespace) ?? 0) + 1)
    }
    return resources.flatMap((resource) => {
      const { namespace } = resource.id
      if (namespace === '' || known.has(namespace)) return []
      const meant = likelyMeant(namespace, counts, known)
      if (meant === undefined) return []
      return about(input, resource, {
        rule: 'unknown-namespace',
        severity: 'error',
        message: `${formatId(resource.id)} is in the namespace ${namespace}, which nothing defines`,
        hint: `did you mean ${meant}? If not, declare the namespace under provides`,
      })
    })
  },
  examples: {
    fires: [
      manifestExample(
        'a slip beside the namespace that is meant',
        `${namespace('kubevirt-prow-jobs')}---\n${role('kubervirt-prow-jobs')}`,
      ),
      manifestExample(
        'a slip beside objects of the namespace that is meant',
        `${['a', 'b', 'c'].map((name) => role('test-pods', name)).join('---\n')}---\n${role('test-podz')}`,
      ),
    ],
    silent: [
      manifestExample('another namespace', `${namespace('kubevirt-prow')}---\n${role('kubevirt-prow-jobs')}`),
      manifestExample('namespaces of a series', `${namespace('workers-1')}---\n${role('workers-2')}`),
      manifestExample('a declared namespace', `${namespace('workers-a')}---\n${role('workers-b')}`, {
        provides: [{ kind: 'Namespace', name: 'workers-b' }],
      }),
    ],
  },
}

function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`
}

function role(namespace: string, name = 'role'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: ${name}, namespace: ${namespace}}\n`
}
