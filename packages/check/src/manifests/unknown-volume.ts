import { formatId, mapsOf, member, type Resource, textOf } from '@overlay-render/golden'
import { nearestNames } from '@overlay-render/system'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'
import type { NodePlace } from './node-place.ts'
import { containersOf, podTemplatesOf } from './pod-templates.ts'

const NAME = 'unknown-volume'

/** Mounts of volumes that the pod lacks. */
export const unknownVolume: Rule<ManifestCheck> = {
  name: NAME,
  severity: 'error',
  doc: 'A container mounts a volume that its pod does not have: the API server refuses the object. A patch by index may have removed the wrong volume.',
  check: (input) =>
    input.resources.flatMap((resource) =>
      unknownMounts(resource).map(({ volume, container, known, at }) => {
        const [near] = nearestNames(volume, known)
        return about(input, resource, {
          rule: NAME,
          severity: 'error',
          part: `volume ${volume} of ${container}`,
          at,
          message: `the container ${container} of ${formatId(resource.id)} mounts the volume ${volume}, which its pod does not have`,
          hint: near === undefined ? 'add the volume, or remove the mount' : `did you mean ${near}?`,
        })
      }),
    ),
  examples: {
    fires: [
      manifestExample('a mount with a misspelt name', deployment('[{name: config, emptyDir: {}}]', 'confg')),
      manifestExample('a pod without volumes', deployment('[]', 'config')),
    ],
    silent: [
      manifestExample('a volume of the pod', deployment('[{name: config, emptyDir: {}}]', 'config')),
      manifestExample(
        'a claim that a StatefulSet makes',
        'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s, namespace: prow}\nspec: {volumeClaimTemplates: [{metadata: {name: disk}}], template: {spec: {containers: [{name: c, volumeMounts: [{name: disk, mountPath: /disk}]}]}}}\n',
      ),
    ],
  },
}

interface UnknownMount {
  readonly volume: string
  readonly container: string
  readonly known: readonly string[]
  readonly at: NodePlace
}

function unknownMounts({ value }: Resource): UnknownMount[] {
  const claims = mapsOf(member(value, 'spec'), 'volumeClaimTemplates').map((claim) =>
    textOf(member(claim, 'metadata'), 'name'),
  )
  return podTemplatesOf(value).flatMap(({ spec }) => {
    const known = [...mapsOf(spec, 'volumes').map((volume) => textOf(volume, 'name')), ...claims]
    return containersOf(spec).flatMap((container) => {
      const mounts = ['volumeMounts', 'volumeDevices'].flatMap((list) => mapsOf(container, list))
      const first = new Map(mounts.toReversed().map((mount) => [textOf(mount, 'name'), mount]))
      return [...first]
        .filter(([name]) => name !== '' && !known.includes(name))
        .map(([volume, node]) => {
          return { volume, container: textOf(container, 'name'), known, at: { node, field: ['name'] } }
        })
        .toReversed()
    })
  })
}

function deployment(volumes: string, mount: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deck, namespace: prow}\nspec: {template: {spec: {volumes: ${volumes}, containers: [{name: deck, volumeMounts: [{name: ${mount}, mountPath: /etc/config}]}]}}}\n`
}
