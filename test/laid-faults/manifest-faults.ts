import { isMap, member, type Value } from '@overlay-render/golden'

import { type At, type Fault, inObject, placeIn } from './fault.ts'
import type { LaidObject, LaidTree } from './laid-tree.ts'

const POD = String.raw`spec\.(?:jobTemplate\.spec\.)?template\.spec`
const CONTAINER = String.raw`${POD}\.containers\.\d+`

/** Changes a text at a matching place. */
function renamed(
  pattern: string,
  fits: (value: Value, at: At, object: LaidObject) => boolean = () => true,
  rename = (text: string) => `${text}x`,
): (object: LaidObject, draw: Parameters<typeof placeIn>[0]) => boolean {
  const expression = new RegExp(`^${pattern}$`, 'u')
  return (object, draw) => {
    const found = placeIn(
      draw,
      object,
      expression,
      (value, at) => typeof value === 'string' && fits(value, at, object),
    )
    if (found === undefined) return false
    object.document.setIn(found.at, rename(String(found.value)))
    return true
  }
}

/** Replaces a value at a matching place. */
function replaced(
  pattern: string,
  change: (value: Value) => Value | undefined,
): (object: LaidObject, draw: Parameters<typeof placeIn>[0]) => boolean {
  const expression = new RegExp(`^${pattern}$`, 'u')
  return (object, draw) => {
    const found = placeIn(draw, object, expression, (value) => change(value) !== undefined)
    if (found === undefined) return false
    object.document.setIn(found.at, object.document.createNode(change(found.value)))
    return true
  }
}

/** Renames a key at a matching place. */
function rekeyed(
  pattern: string,
  key: string,
): (object: LaidObject, draw: Parameters<typeof placeIn>[0]) => boolean {
  const expression = new RegExp(`^${pattern}$`, 'u')
  return (object, draw) => {
    const found = placeIn(draw, object, expression)
    if (found === undefined) return false
    object.document.deleteIn(found.at)
    object.document.setIn([...found.at.slice(0, -1), key], object.document.createNode(found.value))
    return true
  }
}

function isRequired(_value: Value, at: At, { object }: LaidObject): boolean {
  let source = object
  for (const step of at.slice(0, -1)) source = valueAt(source, step) ?? null
  return member(source, 'optional') !== true
}

function valueAt(value: Value, step: string | number): Value | undefined {
  return Array.isArray(value) ? value[Number(step)] : member(value, String(step))
}

function repeated(list: Value, change: (item: Value) => Value = (item) => item): Value | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined
  const [item] = list
  return item === undefined ? undefined : [...list, change(structuredClone(item))]
}

/** How many objects of the tree have the name of a Service's backend: a name of nothing is no fault of this kind. */
function isRendered(tree: LaidTree, draw: Parameters<typeof placeIn>[0], kind: string, name: Value): boolean {
  return tree.objects(draw).some((object) => object.kind === kind && object.name === name)
}

function namespaceOf(object: Value): Value | undefined {
  return member(member(object, 'metadata'), 'namespace')
}

const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])

/** Faults in manifests. */
export const MANIFEST_FAULTS: readonly Fault[] = [
  inObject(
    'dangling-reference',
    'a volume of another Secret',
    renamed(String.raw`${POD}\.volumes\.\d+\.secret\.secretName`, isRequired),
  ),
  inObject(
    'dangling-reference',
    'a volume of another ConfigMap',
    renamed(String.raw`${POD}\.volumes\.\d+\.configMap\.name`, isRequired),
  ),
  inObject(
    'dangling-reference',
    'another claim',
    renamed(String.raw`${POD}\.volumes\.\d+\.persistentVolumeClaim\.claimName`),
  ),
  inObject('dangling-reference', 'another account', renamed(String.raw`${POD}\.serviceAccountName`)),
  inObject(
    'dangling-reference',
    'a variable of another Secret',
    renamed(
      String.raw`${CONTAINER}\.env\.\d+\.valueFrom\.(?:secretKeyRef|configMapKeyRef)\.name`,
      isRequired,
    ),
  ),
  inObject('dangling-reference', 'a role that nothing defines', renamed(String.raw`roleRef\.name`)),
  inObject(
    'dangling-reference',
    'an account in a binding',
    renamed(String.raw`subjects\.\d+\.name`, (_value, at, { object }) => {
      const subject = valueAt(valueAt(object, 'subjects') ?? null, at[1] ?? 0)
      return member(subject, 'kind') === 'ServiceAccount'
    }),
  ),
  inObject(
    'dangling-reference',
    'another backend of an Ingress',
    renamed(String.raw`spec\.rules\.\d+\.http\.paths\.\d+\.backend\.service\.name`),
  ),
  inObject('dangling-reference', 'a priority class', ({ document, object, kind }) => {
    if (!WORKLOADS.has(kind) || kind === 'CronJob' || member(object, 'spec') === undefined) return false
    document.setIn(['spec', 'template', 'spec', 'priorityClassName'], 'nosuch')
    return true
  }),
  inObject(
    'duplicate-list-key',
    'a variable twice',
    replaced(String.raw`${CONTAINER}\.env`, (list) => repeated(list)),
  ),
  inObject(
    'duplicate-list-key',
    'two mounts at a path',
    replaced(String.raw`${CONTAINER}\.volumeMounts`, (list) => repeated(list)),
  ),
  inObject(
    'duplicate-list-key',
    'a volume twice',
    replaced(String.raw`${POD}\.volumes`, (list) => repeated(list)),
  ),
  inObject(
    'duplicate-list-key',
    'a port twice',
    replaced(String.raw`${CONTAINER}\.ports`, (list) => repeated(list)),
  ),
  inObject(
    'duplicate-list-key',
    'a port of a Service twice',
    (object, draw) =>
      object.kind === 'Service' &&
      replaced(String.raw`spec\.ports`, (list) =>
        repeated(list, (item) => (isMap(item) ? { ...item, name: 'again' } : item)),
      )(object, draw),
  ),
  inObject(
    'unknown-volume',
    'a mount with another name',
    renamed(String.raw`${CONTAINER}\.volumeMounts\.\d+\.name`),
  ),
  inObject('unknown-volume', 'a volume with another name', renamed(String.raw`${POD}\.volumes\.\d+\.name`)),
  inObject('unknown-volume', 'a volume removed', (object, draw) => {
    const found = placeIn(draw, object, new RegExp(String.raw`^${POD}\.volumes\.\d+$`, 'u'))
    if (
      found === undefined ||
      !placeIn(draw, object, /volumeMounts\.\d+\.name$/u, (name) => name === member(found.value, 'name'))
    )
      return false
    object.document.deleteIn(found.at)
    return true
  }),
  inObject(
    'unknown-port',
    'another port of a Service',
    (object, draw) =>
      object.kind === 'Service' && renamed(String.raw`spec\.ports\.\d+\.targetPort`)(object, draw),
  ),
  inObject('unknown-port', 'a port of pods that has another name', (object, draw, tree) => {
    if (!WORKLOADS.has(object.kind)) return false
    const found = placeIn(
      draw,
      object,
      new RegExp(String.raw`^${CONTAINER}\.ports\.\d+\.name$`, 'u'),
      (name) =>
        tree
          .objects(draw)
          .some(
            (other) =>
              other.kind === 'Service' &&
              other.name === object.name &&
              placeIn(draw, other, /^spec\.ports\.\d+\.targetPort$/u, (port) => port === name) !== undefined,
          ),
    )
    if (found === undefined) return false
    object.document.setIn(found.at, `${String(found.value)}x`)
    return true
  }),
  inObject('unknown-port', 'a port that a Service lacks', (object, draw, tree) => {
    if (object.kind !== 'Ingress') return false
    const found = placeIn(draw, object, /backend\.service$/u, (service) =>
      isRendered(tree, draw, 'Service', member(service, 'name') ?? null),
    )
    if (found === undefined) return false
    object.document.setIn([...found.at, 'port'], { number: 4321 })
    return true
  }),
  inObject('unknown-port', 'a probe of a named port', (object, draw) => {
    const found = placeIn(
      draw,
      object,
      new RegExp(String.raw`^${CONTAINER}\.(?:readiness|liveness)Probe\.httpGet\.port$`, 'u'),
    )
    if (found === undefined) return false
    object.document.setIn(found.at, 'nosuch')
    return true
  }),
  inObject(
    'service-selects-nothing',
    'another label',
    (object, draw) => object.kind === 'Service' && renamed(String.raw`spec\.selector\.[^]+`)(object, draw),
  ),
  inObject('service-selects-nothing', 'one more label', ({ kind, document, object }) => {
    if (kind !== 'Service' || member(member(object, 'spec'), 'selector') === undefined) return false
    document.setIn(['spec', 'selector', 'tier'], 'nosuch')
    return true
  }),
  inObject('no-namespace', 'no namespace', ({ kind, document, object }) => {
    const isNamespaced =
      WORKLOADS.has(kind) ||
      /^(?:Service|ServiceAccount|Role|RoleBinding|ConfigMap|PersistentVolumeClaim|Ingress)$/u.test(kind)
    if (!isNamespaced || member(member(object, 'metadata'), 'namespace') === undefined) return false
    document.deleteIn(['metadata', 'namespace'])
    return true
  }),
  inObject('unknown-namespace', 'a letter twice', ({ kind, document, object }, draw, tree) => {
    const namespace = namespaceOf(object)
    if (kind === 'Namespace' || typeof namespace !== 'string' || namespace.length < 6) return false
    // Two others at least have the right name.
    if (tree.objects(draw).filter((other) => namespaceOf(other.object) === namespace).length < 3) return false
    document.setIn(['metadata', 'namespace'], namespace.replace(/^(.{3})(.)/u, '$1$2$2'))
    return true
  }),
  inObject('schema', 'a field in the singular', rekeyed(String.raw`spec\.replicas`, 'replica')),
  inObject(
    'schema',
    'a number as a text',
    replaced(String.raw`spec\.replicas`, (value) => (typeof value === 'number' ? String(value) : undefined)),
  ),
  inObject(
    'schema',
    'a misspelt policy',
    rekeyed(String.raw`${CONTAINER}\.imagePullPolicy`, 'imagePullPolice'),
  ),
  inObject(
    'schema',
    'a port as a text',
    replaced(String.raw`${CONTAINER}\.ports\.\d+\.containerPort`, (value) =>
      typeof value === 'number' ? String(value) : undefined,
    ),
  ),
  inObject(
    'schema',
    'a flag as a text',
    replaced(String.raw`${CONTAINER}\.volumeMounts\.\d+\.readOnly`, (value) =>
      value === true ? 'true' : undefined,
    ),
  ),
  inObject(
    'schema',
    'arguments as a text',
    replaced(String.raw`${CONTAINER}\.args`, (value) => (Array.isArray(value) ? value.join(' ') : undefined)),
  ),
  inObject('schema', 'a field of another level', ({ kind, document }) => {
    if (kind !== 'Deployment') return false
    document.setIn(['spec', 'serviceAccountName'], 'deck')
    return true
  }),
  inObject(
    'schema',
    'a Role without its rules in a list',
    replaced(String.raw`rules`, (value) => (Array.isArray(value) ? { ...value } : undefined)),
  ),
  inObject(
    'image-not-pinned',
    'no tag',
    renamed(
      String.raw`${CONTAINER}\.image`,
      (image) => /^[^:@]+[:@]/u.test(String(image)),
      (image) => image.replace(/[:@].*$/u, '-unpinned'),
    ),
  ),
  inObject(
    'image-not-pinned',
    'the tag latest',
    renamed(
      String.raw`${CONTAINER}\.image`,
      (image) => /^[^:@]+[:@]/u.test(String(image)),
      (image) => image.replace(/[:@].*$/u, '-moving:latest'),
    ),
  ),
  inObject('config-map-too-large', 'over a mebibyte', ({ kind, document }) => {
    if (kind !== 'ConfigMap') return false
    document.setIn(['data', 'large'], 'x'.repeat(1_048_577))
    return true
  }),
  inObject('duplicate-identity', 'an object in two versions', ({ object, documents, document, name }) => {
    const version = member(object, 'apiVersion')
    const other =
      version === 'rbac.authorization.k8s.io/v1'
        ? 'rbac.authorization.k8s.io/v1beta1'
        : version === 'apps/v1'
          ? 'apps/v1beta2'
          : undefined
    if (other === undefined || documents.length > 1) return false
    const copy = document.clone()
    copy.setIn(['apiVersion'], other)
    if (Array.isArray(documents)) documents.push(copy)
    return name
  }),
]
