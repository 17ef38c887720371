import { duplicateFindings } from '@overlay-render/golden'
import { formatPosition } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'

/** Objects of a render with the same identity. */
export const duplicateIdentity: Rule<ManifestCheck> = {
  name: 'duplicate-identity',
  severity: 'error',
  doc: 'Two objects of a render have the same identity, so only one of them can be applied; a warning if they are copies.',
  check: ({ manifests, sourceOf }) => {
    const findings = duplicateFindings(manifests)
    if (findings.length === 0) return []
    const byPlace = new Map(
      [...manifests.byIdentity()].flatMap((all) =>
        all.map(({ position, id }, nth) => [formatPosition(position), { id, nth }] as const),
      ),
    )
    return findings.map((finding) => {
      const found = finding.position === undefined ? undefined : byPlace.get(formatPosition(finding.position))
      return {
        ...finding,
        position: found === undefined ? undefined : sourceOf(found.id, undefined, found.nth),
        hint: 'remove or rename all but one: the last one applied wins',
      }
    })
  },
  examples: {
    fires: [
      manifestExample('copies', `${configMap('a')}---\n${configMap('a')}`),
      manifestExample('objects that differ', `${configMap('a')}---\n${configMap('a', 'y')}`),
      manifestExample(
        'an object in two versions',
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n---\napiVersion: apps/v1beta2\nkind: Deployment\nmetadata: {name: a}\n',
      ),
    ],
    silent: [
      manifestExample('another name', `${configMap('a')}---\n${configMap('b')}`),
      manifestExample(
        'one kind of two groups',
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\n---\napiVersion: traefik.io/v1\nkind: Ingress\nmetadata: {name: a}\n',
      ),
    ],
  },
}

function configMap(name: string, value = 'x'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: prow}\ndata: {key: ${value}}\n`
}
