import { Fault } from '@overlay-render/system'

/** The codes of `KustomizeFault`. */
export type KustomizeCode =
  // the pinned program
  /** The version of the pin is not exact, too old or unknown. */
  | 'pin-invalid'
  /** No program of exactly the pinned version was found. */
  | 'pin-not-met'
  /** A program has another sha256 than `overlay-render.lock` or its release says. */
  | 'digest-differs'
  /** `overlay-render.lock` cannot be read. */
  | 'lock-invalid'
  /** A release could not be downloaded. */
  | 'download-failed'
  // kustomizations and their references
  /** A folder that is built has no kustomization. */
  | 'kustomization-missing'
  /** A folder has several kustomizations, under different names. */
  | 'kustomization-ambiguous'
  /** A kustomization has no fields. */
  | 'kustomization-empty'
  /** A kustomization is not YAML. */
  | 'kustomization-syntax'
  /** A kustomization has the same key twice in one map. */
  | 'key-duplicate'
  /** A kustomization has a key that its kustomize does not know. */
  | 'key-unknown'
  /** A field of a kustomization has a value of the wrong type. */
  | 'value-type'
  /** A field of a kustomization has a value that kustomize refuses. */
  | 'value-invalid'
  /** A component is listed as a resource, or a kustomization as a component. */
  | 'kind-mismatch'
  /** A file that a kustomization refers to does not exist. */
  | 'input-missing'
  /** A file that a kustomization refers to cannot be read. */
  | 'input-not-readable'
  /** A kustomization names a folder where kustomize expects a file. */
  | 'input-not-a-file'
  /** A kustomization names a file where kustomize expects a folder. */
  | 'input-not-a-folder'
  /** A kustomization names an absolute path. */
  | 'absolute-path'
  /** A kustomization reads a file outside its own folder, which kustomize refuses. */
  | 'outside-folder'
  /** A kustomization reads outside the git work tree, or outside the workspace where there is none. */
  | 'outside-boundary'
  /** Symbolic links form a loop. */
  | 'link-loop'
  /** A kustomization uses itself, directly or through others. */
  | 'cycle'
  /** A kustomization names a URL or a git remote, and network access is off. */
  | 'network-refused'
  /** A remote could not be fetched. */
  | 'network-failed'
  /** A vendored copy is missing, was edited, does not match the lock file, or cannot be made. */
  | 'vendored-copy'
  /** A helm chart cannot be rendered here. */
  | 'chart-refused'
  /** A kustomization runs a plugin or a function. */
  | 'plugin-refused'
  /** A kustomization changes plugin configurations, so that the files they read are unknown before the build. */
  | 'plugin-changed'
  /** A line of an env file has no `=`, so that kustomize would read the environment. */
  | 'environment-read'
  /** A patch has no content. */
  | 'patch-empty'
  // the build
  /** kustomize failed for another reason; the message is its own, without values. */
  | 'build-failed'
  /** kustomize crashed. */
  | 'build-crashed'
  /** kustomize took longer than the time limit. */
  | 'build-timed-out'
  /** kustomize printed more than the limit. */
  | 'build-too-large'
  /** Two resources of a build have the same identity. */
  | 'resource-duplicate'
  /** A resource is not YAML, or not a Kubernetes object. */
  | 'resource-invalid'
  /** A patch has no target. */
  | 'patch-unmatched'
  /** A patch cannot be applied to its target. */
  | 'patch-failed'
  /** A patch is not YAML, or not a patch. */
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
