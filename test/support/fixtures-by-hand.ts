import { join } from 'node:path'

import { root } from './oracles.ts'
import type { HandWork } from './prepare-by-hand.ts'

const fixtures = join(root, 'overlays-fixtures')
const KUBEVIRT_CONFIGS = [
  'config/config.yaml',
  'plugins/plugins.yaml',
  'labels/labels.yaml',
  'mirror/mirror.yaml',
]
const kubevirt = {
  tree: join(fixtures, 'kubevirt'),
  workspace: 'prow-deploy/kustom',
  configs: KUBEVIRT_CONFIGS,
}

const v3 = { tree: join(fixtures, 'kubevirt-v3'), workspace: 'prow-deploy/kustom', configs: KUBEVIRT_CONFIGS }
const metal3 = { tree: join(fixtures, 'metal3'), workspace: '.' }

/** The output of yq 3.4.1 for the v3 fixture, worked out by hand because that yq cannot be installed everywhere. */
const v3Written = (overlay: string, file: string): string =>
  join(root, 'test/fixtures/vectors/kubevirt-v3', overlay, file)

const stubCertificate = `-----BEGIN CERTIFICATE-----
a stub: set MIRROR_CA for the real one
-----END CERTIFICATE-----
`

function admins(...users: string[]): string {
  const subjects = users.map(
    (user) => `  - apiGroup: rbac.authorization.k8s.io\n    kind: User\n    name: ${user}\n`,
  )
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: harbour-masters
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: admin
subjects:
${subjects.join('')}  - apiGroup: rbac.authorization.k8s.io
    kind: Group
    name: 'oidc:harbour-masters'
`
}

const CERTIFICATE = '../../components/registry-mirror/base/configs/ca.crt'
const WITHOUT_RESOURCES = 'map(select(.path != "/spec/template/spec/containers/0/resources"))'

/** Every overlay of the project's own fixtures, with the settings of its overlay-render.yaml as manual steps. */
export const fixturesByHand: Readonly<Record<string, HandWork>> = {
  'kubevirt/prow-deploy/kustom control-plane': {
    ...kubevirt,
    overlay: 'overlays/control-plane',
    files: {
      'resources/admin-rbac.yaml': admins('ada@harborlight.example', 'grace@harborlight.example'),
      [CERTIFICATE]: stubCertificate,
    },
  },
  'kubevirt/prow-deploy/kustom workloads': {
    ...kubevirt,
    overlay: 'overlays/workloads',
    files: { [CERTIFICATE]: stubCertificate },
  },
  'kubevirt/prow-deploy/kustom testing': {
    ...kubevirt,
    overlay: 'overlays/testing',
    startsFrom: 'overlays/control-plane',
    files: {
      'resources/admin-rbac.yaml': admins('tester@harborlight.example'),
      [CERTIFICATE]: stubCertificate,
    },
    edits: [
      ['patches/StrategicMerge/ghproxy.yaml', '.spec.storageClassName = "local"'],
      ['../../components/build-cache/pv/resources/pvc.yaml', '.spec.resources.requests.storage = "10Gi"'],
      ['resources/registry-mirror_pvc.yaml', '.spec.resources.requests.storage = "10Gi"'],
      [
        '../../base/manifests/upstream/prow_ingress.yaml',
        '. *d load("patches/StrategicMerge/prow-ingress.yaml")',
      ],
      ['../../base/manifests/upstream/prow_ingress.yaml', 'del(.spec.tls[0].secretName)'],
      [
        '../../base/manifests/local/artifacts_ingress.yaml',
        '. *d load("patches/StrategicMerge/artifacts-ingress.yaml")',
      ],
      ['../../base/manifests/local/artifacts_ingress.yaml', 'del(.spec.tls[0].secretName)'],
      ['patches/JsonRFC6902/deck_deployment.yaml', WITHOUT_RESOURCES],
      [
        'patches/JsonRFC6902/deck_deployment.yaml',
        '(.[] | select(.path == "/spec/template/spec/containers/0/args/4")).value = "--redirect-http-to=prow.harborlight.test"',
      ],
      ['patches/JsonRFC6902/prow_controller_manager_deployment.yaml', WITHOUT_RESOURCES],
      ['patches/JsonRFC6902/prow_ingress.yaml', '[]'],
      ['kustomization.yaml', '.resources |= [.[], "resources/local-storage.yaml"]'],
    ],
  },
  'kubevirt-v3/prow-deploy/kustom production': {
    ...v3,
    overlay: 'overlays/production',
    written: { 'config/config.yaml': v3Written('production', 'config.yaml') },
  },
  'kubevirt-v3/prow-deploy/kustom testing': {
    ...v3,
    overlay: 'overlays/testing',
    written: {
      'config/config.yaml': v3Written('testing', 'config.yaml'),
      'plugins/plugins.yaml': v3Written('testing', 'plugins.yaml'),
    },
  },
  'metal3 base': { ...metal3, overlay: 'prow/manifests/base' },
  'metal3 quarry': { ...metal3, overlay: 'prow/manifests/overlays/quarry' },
  'metal3 cluster': { ...metal3, overlay: 'prow/cluster' },
}
