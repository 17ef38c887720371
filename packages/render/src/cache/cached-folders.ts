import { RecordingView, type TreeView } from '@overlay-render/system'

import type { Boundary } from '../boundary.ts'
import type { WorkspaceConfig } from '../workspace-config.ts'
import { canonicalText, keyOf } from './key.ts'
import { placeOf } from './path-set.ts'
import type { WorkspaceCache } from './workspace-cache.ts'

interface Place {
  readonly cache: WorkspaceCache | undefined
  /** The workspace's folder. */
  readonly workspace: string
  readonly config: WorkspaceConfig
  readonly boundary: Boundary
  readonly view: TreeView
  /** See `overlaysIn`. */
  readonly isOwn: boolean
}

/** The folders that the patterns of a workspace match: from an earlier run if the folders have not changed, else from `search`. */
export async function cachedFolders<Folders>(
  { cache, workspace, config, boundary, view, isOwn }: Place,
  search: (view: TreeView) => Promise<Folders>,
): Promise<Folders> {
  if (cache === undefined) return search(view)
  const recipe = keyOf(
    'recipe',
    cache.tool,
    'folders',
    placeOf(workspace, boundary.anchor),
    canonicalText({ patterns: config.overlays, isOwn }),
  )
  const kept = await cache.find(recipe, async (ask) => ask(view))
  // The key holds the kind of the value and the version of the tool, so it is what `search` returned.
  if (kept !== undefined) return kept.value as Folders
  const recorder = new RecordingView(view)
  const value = await search(recorder)
  cache.keep(recipe, { value, blobs: new Map(), observations: recorder.observations() })
  return value
}
