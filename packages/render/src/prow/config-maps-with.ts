import { isMap, member, type Resource } from '@overlay-render/golden'

import type { Rendered } from '../rendered.ts'

/** The ConfigMaps of a render that embed a text. */
export function configMapsWith(
  bytes: Uint8Array,
  { resources }: Rendered,
): { readonly namespace: string; readonly name: string }[] {
  const text = Buffer.from(bytes).toString()
  const holds = ({ id, value }: Resource): boolean => {
    const data = id.kind === 'ConfigMap' ? member(value, 'data') : undefined
    return isMap(data) && Object.values(data).includes(text)
  }
  return resources.filter(holds).map(({ id }) => ({ namespace: id.namespace, name: id.name }))
}
