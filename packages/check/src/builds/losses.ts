import { type BuildTrace, fieldOf, itemsOf, type KustomizationValue, textOf } from '@overlay-render/kustomize'

/** What a build takes away together with the probes in it. */
export interface Losses {
  /** Whether objects of a kind, or of any when undefined, may be gone, so that nobody knows what selected them. */
  mayHide(kind: string | undefined): boolean
}

/**
 * The objects that patches delete or replace whole, and those that generators replace: what selected them before is gone with
 * them. Kinds are enough: a doubt more costs a finding, a doubt less makes a false one.
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

/** `$patch: delete` and `$patch: replace` of the object itself. */
function isWhole(object: KustomizationValue): boolean {
  return fieldOf(object, '$patch') !== undefined
}

function isRoot(operation: KustomizationValue): boolean {
  return textOf(fieldOf(operation, 'path')) === '' && fieldOf(operation, 'op') !== undefined
}
