import type { KustomizationValue } from '@overlay-render/kustomize'

/** Whether a scalar of a kustomization or a patch is a value of an object. */
export function isScalar(node: KustomizationValue, value: unknown): boolean {
  if (node.kind === 'map' || node.kind === 'list') return false
  if (node.kind === 'null') return value === null || value === ''
  if (node.text === String(value)) return true
  if (node.kind === 'number') return Number(node.text) === Number(value)
  return (
    node.kind === 'flag' && typeof value === 'boolean' && /^(?:y|yes|true|on)$/iu.test(node.text) === value
  )
}

/** The text of a scalar; empty for anything else. */
export function textOf(value: KustomizationValue | undefined): string {
  return value?.kind === 'text' ? value.text : ''
}
