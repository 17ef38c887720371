import { join } from 'node:path'

import { root } from './oracles.ts'
import type { HandWork } from './prepare-by-hand.ts'

const corpus = join(root, '../shared/corpus')
export const trees = {
  kubevirt2026: join(corpus, 'kubevirt-2026'),
  kubevirt2021: join(corpus, 'kubevirt-2021'),
  metal3: join(corpus, 'metal3-2026'),
} as const

/** The workspace of both KubeVirt trees. */
export const KUSTOM = 'prow-deploy/kustom'
/** The workspace of the Metal3 tree. */
export const PROW = 'prow'

const CONFIGS = ['config/config.yaml', 'plugins/plugins.yaml', 'labels/labels.yaml', 'mirror/mirror.yaml']
const CERTIFICATE = "stub of the mirror's certificate\n"

/** The template admin-rbac.yaml of both KubeVirt trees, filled in by hand. */
function adminRbac(apiVersion: 'v1' | 'v1beta1', users: readonly string[]): string {
  const group = 'apiGroup: rbac.authorization.k8s.io'
  const subjects = [
    ...users.map((user) => ['User', user] as const),
    ['Group', 'dedicated-admins'] as const,
    ['Group', "'system:serviceaccounts:dedicated-admin'"] as const,
  ]
  return `apiVersion: rbac.authorization.k8s.io/${apiVersion}
kind: RoleBinding
metadata:
  name: admin
roleRef:
  ${group}
  kind: ClusterRole
  name: admin
subjects:
${subjects.map(([kind, name]) => `  - ${group}\n    kind: ${kind}\n    name: ${name}\n`).join('')}`
}

const ADMINS = ['first-admin@example.com', 'second-admin@example.com']
const WITHOUT_RESOURCES = 'map(select(.path != "/spec/template/spec/containers/0/resources"))'
const MIRROR_CERTIFICATE = '../../components/docker-mirror-proxy/base/configs/ca.crt'
const kubevirt2026 = { tree: trees.kubevirt2026, workspace: KUSTOM, configs: CONFIGS }
const kubevirt2021 = { tree: trees.kubevirt2021, workspace: KUSTOM, configs: CONFIGS }
const metal3 = { tree: trees.metal3, workspace: PROW }

/** The steps that operators, or their playbooks, take before they build the overlays of kubevirt-2026. */
export const kubevirt2026ByHand = {
  'kubevirt-prow-control-plane': {
    ...kubevirt2026,
    overlay: 'overlays/kubevirt-prow-control-plane',
    files: { 'resources/admin-rbac.yaml': adminRbac('v1', ADMINS), [MIRROR_CERTIFICATE]: CERTIFICATE },
  },
  'prow-workloads': {
    ...kubevirt2026,
    overlay: 'overlays/prow-workloads',
    files: { [MIRROR_CERTIFICATE]: CERTIFICATE },
  },
  'prow-arm64-workloads': { ...kubevirt2026, overlay: 'overlays/prow-arm64-workloads' },
  'kubevirtci-testing': {
    ...kubevirt2026,
    overlay: 'overlays/kubevirtci-testing',
    startsFrom: 'overlays/kubevirt-prow-control-plane',
    files: {
      'resources/admin-rbac.yaml': adminRbac('v1', ['tester@example.com']),
      [MIRROR_CERTIFICATE]: CERTIFICATE,
    },
    edits: [
      ['patches/StrategicMerge/ghproxy.yaml', '.spec.storageClassName = "local"'],
      ['../../components/greenhouse/pv/resources/pvc.yaml', '.spec.resources.requests.storage = "10Gi"'],
      ['resources/docker-mirror-proxy_pvc.yaml', '.spec.resources.requests.storage = "10Gi"'],
      [
        '../../base/manifests/upstream/prow_ingress.yaml',
        '. *d load("patches/StrategicMerge/prow-ingress.yaml")',
      ],
      ['../../base/manifests/upstream/prow_ingress.yaml', 'del(.spec.tls[0].secretName)'],
      [
        '../../base/manifests/local/gcsweb-ingress.yaml',
        '. *d load("patches/StrategicMerge/gcsweb-ingress.yaml")',
      ],
      ['../../base/manifests/local/gcsweb-ingress.yaml', 'del(.spec.tls[0].secretName)'],
      ['patches/JsonRFC6902/deck_deployment.yaml', WITHOUT_RESOURCES],
      ['patches/JsonRFC6902/prow_controller_manager_deployment.yaml', WITHOUT_RESOURCES],
      ['patches/JsonRFC6902/prow_ingress.yaml', '[]'],
    ],
  },
} satisfies Record<string, HandWork>

/** The same steps for kubevirt-2021, whose workloads cluster has no scripts. */
export const kubevirt2021ByHand = {
  'workloads-production': {
    ...kubevirt2021,
    overlay: 'overlays/workloads-production',
    files: { 'configs/mirror-proxy/ca.crt': CERTIFICATE },
  },
} satisfies Record<string, HandWork>

export const metal3ByHand = {
  metal3: { ...metal3, overlay: 'manifests/overlays/metal3' },
  base: { ...metal3, overlay: 'manifests/base' },
  'capo-cluster': { ...metal3, overlay: 'capo-cluster' },
} satisfies Record<string, HandWork>
