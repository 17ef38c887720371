import type { ChecklistStep, JobsDiff, ProwFiles } from '@overlay-render/prow'
import type { Finding } from '@overlay-render/system'

import type { ProwCheckOptions } from '../pipeline-context.ts'
import { baseOptions, type Calls } from './calls.ts'

/** Prow's jobs and configuration. */
export interface ProwCalls {
  /**
   * Prow's files for a side of a comparison: `.` for the work tree, a folder of jobs, an overlay (with the config that its script
   * makes), a git revision, or `REV:NAME`.
   */
  prowFiles(side?: string): Promise<ProwFiles>

  /** The differences between the effective jobs of two sides, each as for `prowFiles`. */
  jobsDiff(before: string, after: string): Promise<JobsDiff>

  /** The steps for adding the repository `org/repo` to Prow, and which are done. */
  repositoryChecklist(repo: string): Promise<ChecklistStep[]>

  /**
   * Findings about Prow: its jobs, config and plugins, compared with what the overlays render and what git tracks.
   * With `checkconfig`, that program's findings too, where it is there; with `base`, only what is new since that revision.
   *
   * @throws RenderFault `revision-unknown`
   */
  checkProw(options?: ProwCheckOptions): Promise<Finding[]>
}

/** @internal */
export function prowCalls(calls: Calls): ProwCalls {
  const { context, opening, own } = calls
  return {
    async prowFiles(side = '.') {
      return (await import('../prow/prow-sides.ts')).readProwSide(own(), side, {
        openAt: async (view) => opening.open({ view }),
        memory: context.cache,
      })
    },
    async jobsDiff(before, after) {
      const { diffJobs, LoadMemory, loadProw } = await import('@overlay-render/prow')
      const memory = new LoadMemory()
      const [a, b] = [await own().prowFiles(before), await own().prowFiles(after)]
      return diffJobs(loadProw(a, memory), loadProw(b, memory), { before, after })
    },
    async repositoryChecklist(repo) {
      const { readProwFiles } = await import('../prow/read-check.ts')
      const { readProwCheck, repositoryChecklist } = await import('@overlay-render/prow')
      return repositoryChecklist(readProwCheck(await readProwFiles(own())), repo)
    },
    async checkProw({ checkconfig = false, base, ...options } = {}) {
      const { checkWorkspaceProw } = await import('../prow/check-workspace.ts')
      if (base === undefined) return checkWorkspaceProw(own(), context, checkconfig, options)
      const { withBase } = await import('../review/base-side.ts')
      const { findNewInProw } = await import('../prow/find-new.ts')
      return withBase(context.workspace, base, baseOptions(calls, options), async (before) =>
        findNewInProw(await checkWorkspaceProw(own(), context, checkconfig, options), before, {
          checkconfig,
          ...options,
        }),
      )
    },
  }
}
