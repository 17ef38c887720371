import { parseAllDocuments } from 'yaml'

import { isMap, type JsonObject } from './draw-object.ts'

/** Objects that an API server accepts, with fields that a random object has too many of at once, or none of. */
export function validObjects(): JsonObject[] {
  return parseAllDocuments(TEXT)
    .map((document): unknown => document.toJS())
    .filter(isJsonObject)
}

function isJsonObject(value: unknown): value is JsonObject {
  return isMap(value as JsonObject)
}

const TEXT = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: a}
spec:
  selector: {matchLabels: {a: b}}
  template:
    metadata: {labels: {a: b}}
    spec:
      hostAliases: [{ip: 10.0.0.1, hostnames: [a]}]
      tolerations: [{key: a, operator: Exists}]
      securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: "1"}]}
      affinity:
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - {weight: 1, preference: {matchExpressions: [{key: a, operator: Exists}]}}
      containers:
        - name: a
          image: a
          env:
            - {name: A, valueFrom: {configMapKeyRef: {name: a, key: a}}}
            - {name: B, valueFrom: {secretKeyRef: {name: a, key: a}}}
            - {name: C, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: D, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
          livenessProbe: {httpGet: {port: 80, httpHeaders: [{name: A, value: b}]}}
          readinessProbe: {tcpSocket: {port: 80}}
          ports: [{containerPort: 80}]
          volumeMounts: [{name: secret, mountPath: /a}]
      volumes:
        - {name: secret, secret: {secretName: a, items: [{key: a, path: a}]}}
        - {name: map, configMap: {name: a, items: [{key: a, path: a}]}}
        - {name: downward, downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}}
        - {name: projected, projected: {sources: [{serviceAccountToken: {path: a}}]}}
        - {name: csi, csi: {driver: a}}
        - {name: flex, flexVolume: {driver: a/b}}
        - {name: cephfs, cephfs: {monitors: [a]}}
        - {name: cinder, cinder: {volumeID: a}}
        - {name: azure-disk, azureDisk: {diskName: a, diskURI: https://a.blob.core.windows.net/a/a.vhd}}
        - {name: azure-file, azureFile: {secretName: a, shareName: a}}
        - {name: iscsi, iscsi: {targetPortal: 10.0.0.1, iqn: 'iqn.2015-02.example.com:test', lun: 0}}
        - {name: quobyte, quobyte: {registry: 'a:1', volume: a}}
        - {name: rbd, rbd: {monitors: [a], image: a}}
        - {name: scale-io, scaleIO: {gateway: a, system: a, volumeName: a, secretRef: {name: a}}}
        - {name: vsphere, vsphereVolume: {volumePath: a}}
        - {name: portworx, portworxVolume: {volumeID: a}}
        - {name: photon, photonPersistentDisk: {pdID: a}}
        - {name: ephemeral, ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}}
---
apiVersion: v1
kind: Service
metadata: {name: a}
spec: {selector: {a: b}, ports: [{port: 80}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec:
  tls: [{hosts: [a.example.com], secretName: a}]
  rules:
    - host: a.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: a}
spec:
  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  csi: {driver: a, volumeHandle: a}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: b}
spec:
  accessModes: [ReadWriteOnce]
  capacity: {storage: 1Gi}
  local: {path: /a}
  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: a}
webhooks:
  - name: a.example.com
    sideEffects: None
    admissionReviewVersions: [v1]
    clientConfig: {service: {namespace: a, name: a}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: b}
value: 1
---
apiVersion: v1
kind: ConfigMap
metadata: {name: a, ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: a}]}
---
apiVersion: v1
kind: LimitRange
metadata: {name: a}
spec: {limits: [{type: Pod, max: {cpu: "1"}}]}
`
