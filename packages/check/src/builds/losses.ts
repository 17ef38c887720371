import { type BuildTrace, fieldOf, itemsOf, type KustomizationValue, textOf } from '@overlay-render/kustomize'

/** The objects that a build removes, together with the traces on them. */
export interface Losses {
  /** Whether objects of a kind (of any kind when undefined) may have been removed, so that it is unknown what selected them. */
  mayHide(kind: string | undefined): boolean
}

/**
 * The kinds of objects that patches delete or replace whole, or that generators replace. What selected such an object before is
 * unknown. Only kinds are compared: that may hide a finding, but never makes a false one.
 */
export function findLosses({ roots }: BuildTrace): Losses {
  const kinds = new Set<string>()
  for (const { steps, value } of roots) {
    for (const { patch, target } of steps) {
      for (const given of patch?.values ?? []) {
        const own = textOf(fieldOf(given, 'kind')) || textOf(fieldOf(target, 'kind'))
        if (patch?.form === 'objects' ? isWhole(given) : isRoot(given)) kinds.add(own)
      }
    }
    for (const [field, kind] of GENERATORS) {
      const entries = itemsOf(fieldOf(value, field))
      if (entries.some((entry) => /^(?:merge|replace)$/u.test(textOf(fieldOf(entry, 'behavior')))))
        kinds.add(kind)
    }
  }
  return {
    mayHide: (kind) => {
      if (kinds.size === 0) return false
      return kind === undefined || !/^\w+$/u.test(kind) || kinds.has('') || kinds.has(kind)
    },
  }
}

const GENERATORS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const

/** Whether a patch has `$patch: delete` or `$patch: replace` for the whole object. */
function isWhole(object: KustomizationValue): boolean {
  return fieldOf(object, '$patch') !== undefined
}

function isRoot(operation: KustomizationValue): boolean {
  return textOf(fieldOf(operation, 'path')) === '' && fieldOf(operation, 'op') !== undefined
}
