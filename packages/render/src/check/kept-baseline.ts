import { resolve } from 'node:path'

import type { OpenedWorkspace } from '../opened-workspace.ts'

/** The file in a workspace that `check --write-baseline` writes. */
export const BASELINE_FILE = 'overlay-render.baseline'

/** The accepted findings of a workspace, by `baselineKey`; empty when the file does not exist. */
export async function readKeptBaseline(
  { trackedTree }: Pick<OpenedWorkspace, 'trackedTree'>,
  folder: string,
): Promise<ReadonlySet<string>> {
  const opened = (await trackedTree()).open(resolve(folder, BASELINE_FILE))
  if (opened.outcome !== 'file') return new Set()
  const { readBaseline } = await import('@overlay-render/check')
  return readBaseline(Buffer.from(opened.read()).toString())
}
