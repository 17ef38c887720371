import { Fault } from '@overlay-render/system'

export type KustomizeCode =
  // the pinned program
  | 'pin-invalid'
  | 'pin-not-met'
  | 'digest-differs'
  | 'lock-invalid'
  | 'download-failed'
  // kustomizations and their references
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
  | 'network-failed'
  | 'vendored-copy'
  | 'chart-refused'
  | 'plugin-refused'
  | 'graph-dynamic'
  | 'environment-read'
  | 'patch-empty'
  // the build
  | 'build-failed'
  | 'build-crashed'
  | 'build-timed-out'
  | 'build-too-large'
  | 'resource-duplicate'
  | 'resource-invalid'
  | 'patch-unmatched'
  | 'patch-failed'
  | 'patch-invalid'

/** An error of the pinned kustomize, of a kustomization's references, or of a build. */
export class KustomizeFault extends Fault<KustomizeCode> {}

/** The message for several faults of one code, after their number. */
const TOGETHER: Partial<Record<KustomizeCode, string>> = {
  'input-missing': 'files that kustomizations refer to do not exist',
  'network-refused': 'URLs and git remotes are used, and network access is off',
  'chart-refused': 'helm charts cannot be rendered',
  'key-unknown': 'keys are unknown to kustomize',
}

/**
 * Combines several faults into one, with one line per fault in `details`.
 *
 * @param faults at least one
 */
export function combineFaults(faults: readonly KustomizeFault[]): KustomizeFault {
  const [first] = faults
  if (first === undefined) throw new RangeError('combineFaults needs at least one fault')
  if (faults.length === 1) return first
  const isOneKind = faults.every(({ code }) => code === first.code)
  const what = isOneKind ? TOGETHER[first.code] : undefined
  const all = [...new Set(faults.flatMap(({ hint }) => hint ?? []))]
  // One hint may say what another says, and more.
  const hints = all.filter((hint) => !all.some((other) => other !== hint && other.startsWith(hint)))
  return new KustomizeFault({
    code: first.code,
    message: `${faults.length} ${what ?? 'errors in the kustomizations'}`,
    details: faults.map(({ message }) => message),
    related: faults.flatMap(({ position }) => position ?? []),
    hint: hints.length === 0 ? undefined : hints.join('; '),
  })
}
