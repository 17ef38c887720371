import { formatId, groupOf, type Manifests } from '@overlay-render/golden'

import type { ObjectFinding } from '../plan/object-finding.ts'
import { definedKinds } from '../plan/order.ts'
import type { Unread } from './read-live.ts'

/** The objects that could not be read, as findings. A kind that the manifests themselves define is no error. */
export function unreadFindings(unread: readonly Unread[], manifests: Manifests): ObjectFinding[] {
  const coming = definedKinds(manifests.resources)
  return unread.map(({ id, reason, kindUnknown }): ObjectFinding => {
    const position = manifests.find(id)?.position
    if (kindUnknown && coming.has(`${groupOf(id.apiVersion)}/${id.kind}`)) {
      const message = `${formatId(id)}: its definition is not in the cluster yet`
      return { rule: 'definition-pending', severity: 'info', message, position, id }
    }
    if (kindUnknown)
      return { rule: 'kind-unknown', severity: 'error', message: `${formatId(id)}: ${reason}`, position, id }
    const message = `${formatId(id)} cannot be read, so it cannot be compared: ${reason}`
    return { rule: 'not-read', severity: 'warning', message, position, id }
  })
}
