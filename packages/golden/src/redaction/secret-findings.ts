import { printable } from '@overlay-render/system'

import type { Finding } from '@overlay-render/system'

import type { Resource } from '../resources/manifests.ts'
import { formatId } from '../resources/resource-id.ts'
import { isMap, member } from '../resources/value.ts'
import { decodeBase64 } from './base64.ts'
import { isSecretKind } from './secret-kind.ts'

/** Warns about `data` in a Secret that is not base64: the API server rejects it. */
export function secretFindings(resource: Resource): Finding[] {
  const { id } = resource
  const data = isSecretKind(id.kind) ? member(resource.value, 'data') : undefined
  return Object.entries(isMap(data) ? data : {}).flatMap(([key, item]) => {
    if (item === null || (typeof item === 'string' && decodeBase64(item) !== undefined)) return []
    return {
      rule: 'secret-data-not-base64',
      severity: 'warning' as const,
      message: `data.${printable(key)} of ${printable(formatId(id))} is not base64`,
      position: resource.position,
      hint: 'write plain text under stringData, or encode it with base64',
    }
  })
}
