import { formatId, isMap, member, type Resource } from '@overlay-render/golden'

import type { Rule } from '../rule.ts'
import { about } from './about.ts'
import { type ManifestCheck, manifestExample } from './manifest-check.ts'

/** The limit of the API server in bytes: MaxSecretSize of Kubernetes, for the data of ConfigMaps and Secrets alike. */
const MAX_BYTES = 1024 * 1024

/** The size of all values in bytes, as the API server counts them. */
function dataSize({ value }: Resource): number {
  let size = 0
  for (const field of ['data', 'binaryData']) {
    const data = member(value, field)
    if (!isMap(data)) continue
    for (const text of Object.values(data)) {
      if (typeof text !== 'string') continue
      size += field === 'data' ? Buffer.byteLength(text) : Buffer.byteLength(text, 'base64')
    }
  }
  return size
}

/** ConfigMaps above the size limit. */
export const configMapTooLarge: Rule<ManifestCheck> = {
  name: 'config-map-too-large',
  severity: 'error',
  doc: 'The data of a ConfigMap is over 1 MiB, and the API server refuses it.',
  check: (input) =>
    input.resources
      .filter(({ id, text }) => id.kind === 'ConfigMap' && text.length > MAX_BYTES / 2)
      .flatMap((resource) => {
        const size = dataSize(resource)
        if (size <= MAX_BYTES) return []
        return about(input, resource, {
          rule: 'config-map-too-large',
          severity: 'error',
          message: `the data of ${formatId(resource.id)} is ${size} bytes, over the limit of ${MAX_BYTES}`,
          hint: 'split it, or load a part of it in another way',
        })
      }),
  examples: {
    fires: [
      manifestExample('one byte over the limit', configMap(MAX_BYTES + 1)),
      manifestExample('the bytes of text, not its letters', configMap(MAX_BYTES / 2 + 1, 'é')),
    ],
    silent: [
      manifestExample('a ConfigMap of exactly the limit', configMap(MAX_BYTES)),
      manifestExample('another kind', configMap(MAX_BYTES + 1).replace('ConfigMap', 'Recipe')),
    ],
  },
}

function configMap(count: number, letter = 'x'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: large\ndata:\n  file: ${letter.repeat(count)}\n`
}
