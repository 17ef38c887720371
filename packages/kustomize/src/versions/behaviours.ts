import { versionWithin, type VersionRange } from './compare-versions.ts'

/** The name of a behaviour that some versions of kustomize have. */
export type Behaviour =
  | 'underscore-flags'
  | 'env-file-reads-environment'
  | 'patches-take-paths'
  | 'lonely-quote-crashes'
  | 'empty-kustomization-refused'
  | 'empty-patch-refused'
  | 'patch-has-many-documents'
  | 'smaller-schema'
  | 'chart-folder-has-version'

/**
 * Behaviours that depend on the version of kustomize. (The fields of a kustomization are in `graph/kustomization-fields.ts`.)
 * Each row was verified with the real binaries; `test/versions.test.ts` verifies it with the installed ones.
 */
const BEHAVIOURS: Readonly<Record<Behaviour, VersionRange>> = {
  /** Flags are written with underscores: `--load_restrictor`. */
  'underscore-flags': { until: '4.0.0' },
  /** A line of an env file without `=` takes its value from the environment. */
  'env-file-reads-environment': { until: '5.0.0' },
  /** An entry of `patches` may be only a path. */
  'patches-take-paths': { until: '5.0.0' },
  /** A literal whose value is one quote mark crashes the build. */
  'lonely-quote-crashes': { since: '4.4.0', until: '5.0.3' },
  /** An empty kustomization file is rejected. */
  'empty-kustomization-refused': { since: '5.1.0' },
  /** An empty patch with a target is read as both kinds of patches, and rejected. */
  'empty-patch-refused': { since: '5.2.0', until: '5.7.0' },
  /** An entry of `patches` may have several documents. */
  'patch-has-many-documents': { since: '5.2.0' },
  /** A chart of a repository is looked for in `charts/NAME-VERSION/NAME`, and in `charts/NAME` before. */
  'chart-folder-has-version': { since: '5.3.0' },
  /** A smaller OpenAPI schema does not change the output, as compared on all trees. */
  'smaller-schema': { since: '4.5.4', until: '4.5.5' },
}

/** Whether kustomize of `version` (exact, without `v`) has a behaviour. */
export function hasBehaviour(version: string, behaviour: Behaviour): boolean {
  return versionWithin(version, BEHAVIOURS[behaviour])
}
