import type * as v from 'valibot'

import * as affected from './affected.ts'
import * as apply from './apply.ts'
import * as baseline from './baseline.ts'
import * as cacheClear from './cache-clear.ts'
import * as cacheInfo from './cache-info.ts'
import * as check from './check.ts'
import * as checklist from './checklist.ts'
import * as deployTest from './deploy-test.ts'
import * as diff from './diff.ts'
import * as error from './error.ts'
import * as explain from './explain.ts'
import * as findings from './findings.ts'
import * as goldenUpdate from './golden-update.ts'
import * as init from './init.ts'
import * as inventory from './inventory.ts'
import * as jobsDiff from './jobs-diff.ts'
import * as jobsExplain from './jobs-explain.ts'
import * as jsonPatch from './json-patch.ts'
import * as kubeconfigMerge from './kubeconfig-merge.ts'
import * as kustomizeVersion from './kustomize-version.ts'
import * as kustomize from './kustomize.ts'
import * as pinCompare from './pin-compare.ts'
import * as plan from './plan.ts'
import * as render from './render.ts'
import * as review from './review.ts'
import * as secrets from './secrets.ts'
import * as vendorCheck from './vendor-check.ts'
import * as vendorUpdate from './vendor-update.ts'
import * as vendor from './vendor.ts'
import * as watch from './watch.ts'

/** The schema of an output, and one output. */
export interface JsonOutput {
  readonly schema: v.GenericSchema
  readonly example: unknown
}

/** Every JSON output, by the name of its schema. No command loads these at run time: they import only the types. */
export const OUTPUTS = {
  affected,
  apply,
  baseline,
  'cache-clear': cacheClear,
  'cache-info': cacheInfo,
  check,
  checklist,
  'deploy-test': deployTest,
  diff,
  error,
  explain,
  findings,
  'golden-update': goldenUpdate,
  init,
  inventory,
  'jobs-diff': jobsDiff,
  'jobs-explain': jobsExplain,
  'json-patch': jsonPatch,
  'kubeconfig-merge': kubeconfigMerge,
  kustomize,
  'kustomize-version': kustomizeVersion,
  'pin-compare': pinCompare,
  plan,
  render,
  review,
  secrets,
  vendor,
  'vendor-check': vendorCheck,
  'vendor-update': vendorUpdate,
  watch,
} as const satisfies Readonly<Record<string, JsonOutput>>

export type OutputName = keyof typeof OUTPUTS
