import { resolve } from 'node:path'

import type { OpenedWorkspace } from '../opened-workspace.ts'

/** The file of a workspace that `check --write-baseline` writes. */
export const BASELINE_FILE = 'overlay-render.baseline'

/** What a workspace passes over, by `baselineKey`: nothing where it keeps no such file. */
export async function readKeptBaseline(
  { trackedTree }: Pick<OpenedWorkspace, 'trackedTree'>,
  folder: string,
): Promise<ReadonlySet<string>> {
  const opened = (await trackedTree()).open(resolve(folder, BASELINE_FILE))
  if (opened.outcome !== 'file') return new Set()
  const { readBaseline } = await import('@overlay-render/check')
  return readBaseline(Buffer.from(opened.read()).toString())
}
