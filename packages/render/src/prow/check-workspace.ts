import { applyRuleSettings, withRules } from '@overlay-render/check'
import { checkProw } from '@overlay-render/prow'
import type { Finding } from '@overlay-render/system'

import { requireKnownRules } from '../check/known-rules.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { CallOptions } from '../progress.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { runCheckconfig } from './checkconfig.ts'
import { readWorkspaceCheck } from './read-check.ts'
import { findShellFaults } from './shell-findings.ts'

/**
 * Runs the rules about Prow over a workspace, then bash and, if asked for, checkconfig. The settings in `rules` change their
 * severities.
 *
 * @throws CheckFault `rule-unknown`
 */
export async function checkWorkspaceProw(
  workspace: OpenedWorkspace,
  context: PipelineContext,
  checkconfig: boolean,
  options: CallOptions,
): Promise<Finding[]> {
  await requireKnownRules(workspace.config, withRules({}))
  const { signal } = options
  const { source, input, deployed } = await readWorkspaceCheck(workspace, context, options)
  const findings = [...checkProw(input), ...(await findShellFaults(input.prow, signal))]
  const said = checkconfig ? ((await runCheckconfig(source, deployed, { signal })) ?? [MISSING]) : []
  return applyRuleSettings([...findings, ...said], workspace.config.rules)
}

const MISSING: Finding = {
  rule: 'checkconfig',
  severity: 'info',
  message: 'checkconfig is not on PATH, so it did not run',
  hint: 'install it: go install sigs.k8s.io/prow/cmd/checkconfig@latest',
}
