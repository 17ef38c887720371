import type { Finding } from '@overlay-render/system'

import { branchTypo } from './branch-typo.ts'
import { componentRights } from './component-rights.ts'
import { configHosts } from './config-hosts.ts'
import { configUpdater } from './config-updater.ts'
import { credentialsMount } from './credentials-mount.ts'
import { duplicateJob } from './duplicate-job.ts'
import { externalPluginEndpoint } from './external-plugin-endpoint.ts'
import { jobAgent } from './job-agent.ts'
import { jobDecoration } from './job-decoration.ts'
import { jobLabels } from './job-labels.ts'
import { jobName } from './job-name.ts'
import { jobPod } from './job-pod.ts'
import { jobTrigger } from './job-trigger.ts'
import { jobUrlTemplate } from './job-url-template.ts'
import { kubeconfigMount } from './kubeconfig-mount.ts'
import { lineContinuation } from './line-continuation.ts'
import { missingObject } from './missing-object.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { pathTypo } from './path-typo.ts'
import { pluginNames } from './plugin-names.ts'
import { pluginSettings } from './plugin-settings.ts'
import type { ProwCheck } from './prow-check.ts'
import { prowNamespace } from './prow-namespace.ts'
import { quotedArgument } from './quoted-argument.ts'
import { regularExpression } from './regular-expression.ts'
import { relativeChange } from './relative-change.ts'
import { repositoryAgreement } from './repository-agreement.ts'
import { repositoryKeys } from './repository-keys.ts'
import { rerunAuth } from './rerun-auth.ts'
import type { Rule } from '@overlay-render/check'
import { schedule } from './schedule.ts'
import { templateFields } from './template-fields.ts'
import { triggerCoverage } from './trigger-coverage.ts'
import { unanchoredChange } from './unanchored-change.ts'
import { unknownCluster } from './unknown-cluster.ts'
import { unknownPreset } from './unknown-preset.ts'
import { unmatchedChange } from './unmatched-change.ts'

/** The rules about Prow: its jobs, its config, its plugins. */
export const PROW_RULES: readonly Rule<ProwCheck>[] = [
  jobName,
  jobAgent,
  jobPod,
  jobDecoration,
  jobLabels,
  jobTrigger,
  rerunAuth,
  duplicateJob,
  regularExpression,
  schedule,
  branchTypo,
  unknownCluster,
  unknownPreset,
  missingObject,
  credentialsMount,
  prowNamespace,
  componentRights,
  kubeconfigMount,
  unmatchedChange,
  unanchoredChange,
  relativeChange,
  pathTypo,
  lineContinuation,
  quotedArgument,
  triggerCoverage,
  oneAtATime,
  pluginNames,
  pluginSettings,
  repositoryKeys,
  repositoryAgreement,
  externalPluginEndpoint,
  configUpdater,
  configHosts,
  jobUrlTemplate,
  templateFields,
]

/** All findings about Prow's files: first those about the files themselves, then those of the rules. */
export function checkProw(input: ProwCheck, rules: readonly Rule<ProwCheck>[] = PROW_RULES): Finding[] {
  return onceEach([
    ...input.prow.findings,
    ...(input.plugins?.findings ?? []),
    ...rules.flatMap((rule) => rule.check(input)),
  ])
}

/** Removes duplicates: an aliased node is read at each alias, and each time a problem is reported at its anchor. */
function onceEach(findings: readonly Finding[]): Finding[] {
  const seen = new Map(
    findings.map((finding) => {
      const { rule, message, position } = finding
      return [[rule, position?.file, position?.line, position?.column, message].join('\n'), finding]
    }),
  )
  return [...seen.values()]
}
