import { type ApiDocument, loadApi } from '@overlay-render/kustomize'
import { Fault } from '@overlay-render/system'

import { userFolder } from '../cache/cache-folder.ts'
import type { PipelineContext } from '../pipeline-context.ts'

/** The kinds that the pinned kustomize or kubectl knows; undefined when it is not installed, which a render reports. */
export async function apiOfPin(
  { pinned }: Pick<PipelineContext, 'pinned'>,
  signal: AbortSignal | undefined,
): Promise<ApiDocument | undefined> {
  try {
    const { kustomize } = await pinned({ signal })
    return await loadApi(kustomize, userFolder())
  } catch (error) {
    if (error instanceof Fault && error.code !== 'aborted') return undefined
    throw error
  }
}
