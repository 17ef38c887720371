import { entriesOfField, formatId, isList, member, type Resource } from '@overlay-render/golden'
import { editDistance } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import type { NodePlace } from './node-place.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'

/** The namespaces that every cluster has. */
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease']
/** Shorter names are similar by chance. */
const MIN_LENGTH = 6

/**
 * The namespace that an undefined one is a misspelling of: one that the render defines, or that more of its objects are in. Names
 * that differ only in digits are a series.
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
  if (Math.min(a.length, b.length) < MIN_LENGTH) return false
  const letters = (name: string): string => name.replaceAll(/\d+/gu, '0')
  // A name with another number of parts, such as `-jobs`, is no misspelling.
  if (letters(a) === letters(b) || a.split('-').length !== b.split('-').length) return false
  return editDistance(a, b) <= (Math.min(a.length, b.length) < 10 ? 1 : 2)
}

/** Namespaces that nobody defines and that look misspelt. */
export const unknownNamespace: Rule<ManifestCheck> = {
  name: 'unknown-namespace',
  severity: 'error',
  doc: 'Objects are in a namespace, or a flag or an embedded config names one, that nothing defines and whose name differs from a known one by a typing error.',
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
    const meantBy = new Map<string, string | undefined>()
    const meantFor = (name: string): string | undefined => {
      if (!meantBy.has(name))
        meantBy.set(name, known.has(name) ? undefined : likelyMeant(name, counts, known))
      return meantBy.get(name)
    }
    return resources.flatMap((resource) => {
      const told = [
        ...ownNamespace(resource),
        ...namespacesOfFlags(resource),
        ...namespacesOfConfigs(resource),
      ]
      return told.flatMap(({ name, message, part, at }) => {
        const meant = meantFor(name)
        if (meant === undefined) return []
        return about(input, resource, {
          rule: 'unknown-namespace',
          severity: 'error',
          message: `${formatId(resource.id)} ${message} ${name}, which nothing defines`,
          part,
          at,
          hint: `did you mean ${meant}? If not, declare the namespace under provides`,
        })
      })
    })
  },
  examples: {
    fires: [
      manifestExample(
        'a typo of a namespace that the render defines',
        `${namespace('kubevirt-prow-jobs')}---\n${role('kubervirt-prow-jobs')}`,
      ),
      manifestExample(
        'a typo of a namespace that other objects have',
        `${['a', 'b', 'c'].map((name) => role('test-pods', name)).join('---\n')}---\n${role('test-podz')}`,
      ),
      manifestExample(
        'a typo in a flag',
        `${namespace('kubevirt-prow-jobs')}---\n${pod('--jobs-namespace=kubervirt-prow-jobs')}`,
      ),
      manifestExample(
        'a typo in an embedded config',
        `${namespace('kubevirt-prow-jobs')}---\n${config('pod_namespace: kubervirt-prow-jobs')}`,
      ),
    ],
    silent: [
      manifestExample(
        'an embedded config with the right name',
        `${namespace('kubevirt-prow-jobs')}---\n${config('pod_namespace: kubevirt-prow-jobs')}`,
      ),
      manifestExample(
        'a flag with the right name',
        `${namespace('kubevirt-prow-jobs')}---\n${pod('--jobs-namespace=kubevirt-prow-jobs')}`,
      ),
      manifestExample(
        'a flag with another name',
        `${namespace('kubevirt-prow-jobs')}---\n${pod('--jobs-namespace=monitoring')}`,
      ),
      manifestExample('another namespace', `${namespace('kubevirt-prow')}---\n${role('kubevirt-prow-jobs')}`),
      manifestExample('namespaces of a series', `${namespace('workers-1')}---\n${role('workers-2')}`),
      manifestExample('a declared namespace', `${namespace('workers-a')}---\n${role('workers-b')}`, {
        provides: [{ kind: 'Namespace', name: 'workers-b' }],
      }),
    ],
  },
}

interface NamedNamespace {
  readonly name: string
  readonly message: string
  /** Absent for the object as a whole. */
  readonly part?: string
  readonly at: NodePlace
}

function ownNamespace({ id, value }: Resource): NamedNamespace[] {
  const at = { node: value, field: ['metadata', 'namespace'] }
  return id.namespace === '' ? [] : [{ name: id.namespace, message: 'is in the namespace', at }]
}

/** Namespaces that containers are told by a flag, such as `--jobs-namespace=test-pods`. */
function namespacesOfFlags({ value }: Resource): NamedNamespace[] {
  return podTemplatesOf(value).flatMap(({ spec }) =>
    containersOf(spec).flatMap((container) =>
      ['command', 'args'].flatMap((list) => {
        const given = member(container, list)
        if (!isList(given)) return []
        return given.flatMap((text, index) => {
          const [, flag = '', name = ''] = FLAG.exec(typeof text === 'string' ? text : '') ?? []
          const at = { node: container, field: [list, index] }
          return name === '' ? [] : [{ name, message: `has ${flag} with the namespace`, part: flag, at }]
        })
      }),
    ),
  )
}

/** Namespaces that configs in a ConfigMap tell, such as `pod_namespace: test-pods` of Prow's; each once. */
function namespacesOfConfigs({ id, value }: Resource): NamedNamespace[] {
  if (id.kind !== 'ConfigMap') return []
  return entriesOfField(value, 'data').flatMap(([key, text]) => {
    if (typeof text !== 'string' || !text.includes('amespace')) return []
    const found = new Map(Array.from(text.matchAll(WRITTEN), ([, field = '', name = '']) => [name, field]))
    return [...found].map(([name, field]) => {
      const message = `has ${field} with the namespace`
      return { name, message, part: `${key} ${field}`, at: { node: value, field: ['data', key] } }
    })
  })
}

const WRITTEN = /^[ -]*["']?(\w*namespace)["']?: *["']?([a-z0-9-]+)["']? *(?:#.*)?$/gimu
const FLAG = /^(--?[\w-]*namespace)=([a-z0-9-]+)$/u

function pod(flag: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: kubevirt-prow-jobs}\nspec: {containers: [{name: web, args: ["${flag}"]}]}\n`
}

function config(line: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: kubevirt-prow-jobs}\ndata:\n  config.yaml: |\n    ${line}\n`
}

function namespace(name: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n`
}

function role(namespace: string, name = 'role'): string {
  return `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: ${name}, namespace: ${namespace}}\n`
}
