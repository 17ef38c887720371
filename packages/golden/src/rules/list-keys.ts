/** A field that tells the items of a list apart, with the value that the API server puts where it is missing. */
export interface KeyField {
  /** The field, or a path of fields with dots. It holds a scalar, or a list of scalars that together are the name. */
  readonly field: string
  readonly otherwise?: string
}

/** Fields that together identify an item. */
export type ListKey = readonly KeyField[]

const one = (field: string): ListKey => [{ field }]
const PROTOCOL: KeyField = { field: 'protocol', otherwise: 'TCP' }

/**
 * The fields that match the items of a list, by the list's own name, best first: items that the first key leaves
 * over are tried with the next one.
 *
 * From `x-kubernetes-list-map-keys` and `x-kubernetes-patch-merge-key` of the Kubernetes OpenAPI document
 * (v1.34), where a list has them. Rows marked "no API key" are lists that the API replaces whole, but that
 * people read as named things.
 */
export const LIST_KEYS: Readonly<Record<string, readonly ListKey[]>> = {
  containers: [one('name')],
  initContainers: [one('name')],
  ephemeralContainers: [one('name')],
  env: [one('name')],
  volumes: [one('name')],
  volumeMounts: [one('mountPath'), one('name')],
  volumeDevices: [one('devicePath'), one('name')],
  // Containers have containerPort, Services have port; a renumbered port keeps its name.
  ports: [[{ field: 'containerPort' }, PROTOCOL], [{ field: 'port' }, PROTOCOL], one('name')],
  imagePullSecrets: [one('name')],
  secrets: [one('name')],
  hostAliases: [one('ip')],
  topologySpreadConstraints: [[{ field: 'topologyKey' }, { field: 'whenUnsatisfiable' }]],
  schedulingGates: [one('name')],
  resourceClaims: [one('name')],
  claims: [one('name')],
  resizePolicy: [one('resourceName')],
  podIPs: [one('ip')],
  hostIPs: [one('ip')],
  conditions: [one('type')],
  ownerReferences: [one('uid')],
  addresses: [one('ip'), one('address')],
  webhooks: [one('name')],
  matchConditions: [one('name')],
  versions: [one('name')],
  taints: [[{ field: 'key' }, { field: 'effect' }]],
  // No API key: what a person would name the item by.
  volumeClaimTemplates: [one('metadata.name')],
  subjects: [[{ field: 'kind' }, { field: 'namespace', otherwise: '' }, { field: 'name' }]],
  items: [one('key'), one('name')],
  sources: [one('name')],
  tls: [one('secretName'), one('host')],
  paths: [[{ field: 'path' }, { field: 'pathType', otherwise: '' }]],
  endpoints: [one('port')],
  tolerations: [
    [{ field: 'key' }, { field: 'operator', otherwise: 'Equal' }, { field: 'effect', otherwise: '' }],
  ],
  limits: [one('type')],
  // Of an Ingress, of a PrometheusRule, then of a Role: what it is about, else what it allows.
  rules: [
    one('host'),
    one('alert'),
    one('name'),
    [
      { field: 'apiGroups', otherwise: '' },
      { field: 'resources', otherwise: '' },
      { field: 'resourceNames', otherwise: '' },
      { field: 'nonResourceURLs', otherwise: '' },
    ],
    [{ field: 'apiGroups', otherwise: '' }, { field: 'verbs' }],
  ],
  additionalPrinterColumns: [one('name')],
}

/** Tried in any list of maps without a row above: the fields that configuration files name things by. */
export const USUAL_KEYS: readonly ListKey[] = [
  one('name'),
  one('id'),
  one('key'),
  one('host'),
  [{ field: 'org' }, { field: 'repo' }],
  one('repo'),
  one('context'),
  one('metadata.name'),
]

/** The keys to try for the items of a list, best first. @param name the key that holds the list */
export function keysOfList(name: string | undefined): readonly ListKey[] {
  const own = name !== undefined && Object.hasOwn(LIST_KEYS, name) ? LIST_KEYS[name] : undefined
  return own ?? USUAL_KEYS
}
