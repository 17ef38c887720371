import { formatId } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { knownObjects } from './known-objects.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import { type Reference, referencesOf } from './references.ts'

/** The kinds that are checked; other references, such as the targets of custom scalers, may be anything. */
const KINDS: ReadonlySet<string> = new Set([
  'Secret',
  'ConfigMap',
  'PersistentVolumeClaim',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'Service',
  'PriorityClass',
  'Deployment',
  'StatefulSet',
])

function describe({ kind, name, namespace }: Reference): string {
  return namespace === '' ? `the ${kind} ${name}` : `the ${kind} ${name} in the namespace ${namespace}`
}

/** References to objects that nothing provides. */
export const danglingReference: Rule<ManifestCheck> = {
  name: 'dangling-reference',
  severity: 'error',
  doc: 'An object refers to another one that neither the render nor provides has.',
  check: (input) => {
    const { resources } = input
    const isKnown = knownObjects(input)
    return resources.flatMap((resource) => {
      const missing = new Map<string, Reference>()
      for (const reference of referencesOf(resource)) {
        const { kind, namespace, name } = reference
        if (KINDS.has(kind) && !isKnown(kind, namespace, name))
          missing.set(`${kind} ${namespace} ${name}`, reference)
      }
      return [...missing.values()].map((reference) => {
        const { kind, namespace, name, at } = reference
        const names = resources
          .filter(({ id }) => id.kind === kind && id.namespace === namespace)
          .map(({ id }) => id.name)
        const [near] = nearestNames(name, names)
        return about(input, resource, {
          rule: 'dangling-reference',
          severity: 'error',
          part: `${kind} ${namespace}/${name}`,
          at,
          message: `${formatId(resource.id)} names ${describe(reference)} (${reference.by}), which nothing provides`,
          hint: `${near === undefined ? 'correct the name' : `did you mean ${near}? If not, correct the name`}, add the object, or declare it under provides`,
        })
      })
    })
  },
  examples: {
    fires: [
      manifestExample('a Secret that a pod mounts', pod('volumes: [{name: v, secret: {secretName: token}}]')),
      manifestExample(
        'a ConfigMap of another namespace',
        `${pod('volumes: [{name: v, configMap: {name: config}}]')}---\n${object('v1', 'ConfigMap', 'config', 'other')}`,
      ),
      manifestExample('a claim', pod('volumes: [{name: v, persistentVolumeClaim: {claimName: disk}}]')),
      manifestExample(
        'the Secret of a volume driver',
        pod('volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: token}}}]'),
      ),
      manifestExample('a ServiceAccount', pod('serviceAccountName: deck')),
      manifestExample('a role', binding('Role', 'reader')),
      manifestExample('a ServiceAccount in a binding', binding('ClusterRole', 'view', 'robot')),
      manifestExample('the backend of an Ingress', ingress('deck')),
      manifestExample('a priority class', pod('priorityClassName: urgent')),
      manifestExample(
        'the Service of a webhook',
        'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{name: w, clientConfig: {service: {namespace: prow, name: w}}}]\n',
      ),
      manifestExample(
        'the Service that converts a custom resource',
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\nspec: {conversion: {webhook: {clientConfig: {service: {namespace: prow, name: w}}}}}\n',
      ),
    ],
    silent: [
      manifestExample(
        'an object that is rendered',
        `${pod('volumes: [{name: v, secret: {secretName: token}}]')}---\n${object('v1', 'Secret', 'token', 'prow')}`,
      ),
      manifestExample(
        'an optional reference',
        pod('volumes: [{name: v, secret: {secretName: token, optional: true}}]'),
      ),
      manifestExample(
        'a Secret that an ExternalSecret makes',
        `${pod('volumes: [{name: v, secret: {secretName: token}}]')}---\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: x, namespace: prow}\nspec: {target: {name: token}}\n`,
      ),
      manifestExample(
        'an object declared under provides with a *',
        pod('volumes: [{name: v, secret: {secretName: token-1}}]'),
        {
          provides: [{ kind: 'Secret', name: 'token-*', namespace: 'prow' }],
        },
      ),
      manifestExample(
        'a Secret that a container is told to make',
        `${pod('volumes: [{name: v, secret: {secretName: token}}]')}---\n${object('v1', 'Pod', 'maker', 'prow')}spec: {containers: [{name: c, args: [create, --secret-name=token]}]}\n`,
      ),
      manifestExample('a role that every cluster has', binding('ClusterRole', 'system:auth-delegator')),
      manifestExample('the account that every namespace has', pod('serviceAccountName: default')),
      manifestExample(
        'a claim that a StatefulSet makes',
        'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s, namespace: prow}\nspec: {volumeClaimTemplates: [{metadata: {name: disk}}], template: {spec: {volumes: [{name: v, persistentVolumeClaim: {claimName: disk}}], containers: [{name: c}]}}}\n',
      ),
      manifestExample(
        'a certificate that cert-manager makes',
        ingress('deck', true) + '---\n' + object('v1', 'Service', 'deck', 'prow'),
      ),
    ],
  },
}

function pod(fields: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: prow}\nspec: {containers: [{name: c}], ${fields}}\n`
}

function object(apiVersion: string, kind: string, name: string, namespace: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n`
}

function binding(kind: string, name: string, account = 'default'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: prow}\nroleRef: {kind: ${kind}, name: '${name}'}\nsubjects: [{kind: ServiceAccount, name: ${account}, namespace: prow}]\n`
}

function ingress(name: string, tls = false): string {
  const annotations = tls ? ', annotations: {cert-manager.io/cluster-issuer: acme}' : ''
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, namespace: prow${annotations}}\nspec: {${tls ? 'tls: [{secretName: cert}], ' : ''}rules: [{http: {paths: [{backend: {service: {name: ${name}}}}]}}]}\n`
}
