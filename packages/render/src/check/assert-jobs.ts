import type { Finding } from '@overlay-render/system'

import type { OpenedWorkspace } from '../opened-workspace.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import { checkJobs } from './check-workspace.ts'

/** The findings of assertions about Prow jobs. They belong to no overlay. */
export async function assertJobs(
  context: PipelineContext,
  workspace: Pick<OpenedWorkspace, 'prowFiles'>,
): Promise<Finding[]> {
  if (context.config.assertions.every(({ over }) => over !== 'jobs')) return []
  const { loadProw, positionInJob } = await import('@overlay-render/prow')
  const prow = loadProw(await workspace.prowFiles())
  return checkJobs(context, prow.jobs, (job, place) => positionInJob(prow, job, place))
}
