import { checkProw } from '@overlay-render/prow'
import type { Finding } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { runCheckconfig } from './checkconfig.ts'
import { readWorkspaceCheck } from './read-check.ts'
import { findShellFaults } from './shell-findings.ts'

/** Runs the rules about Prow over a workspace, then bash and, if asked for, checkconfig. */
export async function checkWorkspaceProw(
  workspace: OpenedWorkspace,
  checkconfig: boolean,
  options: CallOptions,
): Promise<Finding[]> {
  const { source, input } = await readWorkspaceCheck(workspace, options)
  const findings = [...checkProw(input), ...(await findShellFaults(input.prow, options.signal))]
  if (!checkconfig) return findings
  const said = await runCheckconfig(source, { signal: options.signal })
  return [...findings, ...(said ?? [MISSING])]
}

const MISSING: Finding = {
  rule: 'checkconfig',
  severity: 'info',
  message: 'checkconfig is not on PATH, so it was not asked',
  hint: 'install it: go install sigs.k8s.io/prow/cmd/checkconfig@latest',
}
