import { join } from 'node:path'

import {
  digestOfFiles,
  vendoredFilePath,
  parseGitRemote,
  vendoredRepositoryPath,
  sha256Of,
  type VendoredRemote,
} from '@overlay-render/kustomize'
import type { TreeView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import { filesBelow } from './files-below.ts'
import { VENDOR_FOLDER } from './vendor-folder.ts'
import type { CopyPlace, VendorFinding } from './vendor-outcome.ts'

/** The place of the copy of a remote; undefined for a URL that cannot have one. */
export function placeOf(workspace: string, { url, commit, sha256 }: VendoredRemote): CopyPlace | undefined {
  const top = join(workspace, VENDOR_FOLDER)
  if (commit === undefined) return { path: join(top, vendoredFilePath(url, sha256)), isFolder: false }
  const place = parseGitRemote(url)
  return place === undefined
    ? undefined
    : { path: join(top, vendoredRepositoryPath(place, commit)), isFolder: true }
}

/** The problem of a remote's copy in a tree; undefined when it matches the lock file. */
export function problemOfCopy(
  view: TreeView,
  { workspace, shown }: Pick<PipelineContext, 'workspace' | 'shown'>,
  remote: VendoredRemote,
): Omit<VendorFinding, 'url'> | undefined {
  const place = placeOf(workspace, remote)
  const kind = place === undefined ? undefined : view.kindOf(place.path)
  if (place === undefined || kind !== (place.isFolder ? 'folder' : 'file')) {
    return { problem: 'missing', detail: 'its copy is missing: run vendor again' }
  }
  const digest = place.isFolder
    ? digestOfFiles(filesBelow(view, place.path))
    : sha256Of(view.readFile(place.path))
  if (digest === remote.sha256) return undefined
  return { problem: 'edited', detail: `${shown(place.path)} was changed: restore it from git` }
}
