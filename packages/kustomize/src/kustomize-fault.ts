import { Fault } from '@overlay-render/system'

export type KustomizeCode =
  // the pin and its providers
  | 'pin-invalid'
  | 'pin-not-met'
  | 'digest-differs'
  | 'lock-invalid'
  // what a kustomization names
  | 'kustomization-missing'
  | 'kustomization-ambiguous'
  | 'kustomization-empty'
  | 'kustomization-syntax'
  | 'key-duplicate'
  | 'key-unknown'
  | 'value-type'
  | 'value-invalid'
  | 'kind-mismatch'
  | 'input-missing'
  | 'input-not-readable'
  | 'input-not-a-file'
  | 'input-not-a-folder'
  | 'absolute-path'
  | 'outside-folder'
  | 'outside-boundary'
  | 'link-loop'
  | 'cycle'
  | 'network-refused'
  | 'helm-not-enabled'
  | 'plugin-refused'
  | 'graph-dynamic'
  | 'environment-read'
  | 'patch-empty'
  // the build
  | 'build-failed'
  | 'build-crashed'
  | 'build-timed-out'
  | 'resource-duplicate'
  | 'resource-invalid'
  | 'patch-unmatched'
  | 'patch-failed'
  | 'patch-invalid'

/** A fault of the pinned kustomize, of what a kustomization names, or of a build. */
export class KustomizeFault extends Fault<KustomizeCode> {}

/**
 * One fault to throw for many: the first, with all of them one a line in `details`.
 *
 * @param faults at least one
 */
export function combineFaults(faults: readonly KustomizeFault[]): KustomizeFault {
  const [first] = faults
  if (first === undefined) throw new RangeError('combineFaults needs at least one fault')
  if (faults.length === 1) return first
  const hints = new Set(faults.map(({ hint }) => hint).filter((hint) => hint !== undefined))
  return new KustomizeFault({
    code: first.code,
    message: `${faults.length} faults in what the overlay's kustomizations name`,
    details: faults.map(({ message }) => message),
    hint: hints.size === 0 ? undefined : [...hints].join('; '),
  })
}
