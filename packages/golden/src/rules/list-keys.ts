/** A field that identifies the items of a list, with the API server's default. */
export interface KeyField {
  /** A field or a dotted path. Its value is a scalar or a list of scalars. */
  readonly field: string
  readonly otherwise?: string
}

/** Fields that together identify an item. */
export type ListKey = readonly KeyField[]

const one = (field: string): ListKey => [{ field }]
const PROTOCOL: KeyField = { field: 'protocol', otherwise: 'TCP' }

/**
 * The keys that match the items of a list, by the list's field, best first: items without a match are tried with the
 * next key.
 *
 * From `x-kubernetes-list-map-keys` and `x-kubernetes-patch-merge-key` of the Kubernetes OpenAPI document
 * (v1.34) if the list has them. Rows after "No API key" are lists that the API replaces as a whole, but whose items
 * people identify by name.
 */
export const LIST_KEYS: Readonly<Record<string, readonly ListKey[]>> = {
  containers: [one('name')],
  initContainers: [one('name')],
  ephemeralContainers: [one('name')],
  env: [one('name')],
  volumes: [one('name')],
  volumeMounts: [one('mountPath'), one('name')],
  volumeDevices: [one('devicePath'), one('name')],
  // Containers have containerPort, Services have port; a port with a new number is matched by name.
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
  // No API key: the field that people identify the item by.
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
  // Rules of an Ingress, a PrometheusRule, and a Role (by resources, else by verbs).
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

/** Keys for lists without a row above: fields that configuration files commonly use as names. */
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
