import { baselineKey } from '@overlay-render/check'
import type { Finding } from '@overlay-render/system'

import type { ProwCheckOptions } from '../pipeline-context.ts'
import { RenderFault } from '../render-fault.ts'
import type { BaseSide } from '../review/review-side.ts'

/** Findings about Prow that the base does not have, by rule, file and message. */
export async function findNewInProw(
  findings: readonly Finding[],
  before: BaseSide,
  options: ProwCheckOptions,
): Promise<Finding[]> {
  if (findings.length === 0) return []
  const found = await before.settle(async () => findingsAt(before, options))
  const known = new Set(found.map((finding) => baselineKey(finding, '')))
  return findings.filter((finding) => !known.has(baselineKey(finding, '')))
}

/** Where the base has no files of Prow, all that is found in them is new. */
async function findingsAt(before: BaseSide, options: ProwCheckOptions): Promise<Finding[]> {
  try {
    return await before.checkProw(options)
  } catch (error) {
    if (error instanceof RenderFault && error.code === 'prow-missing') return []
    throw error
  }
}
