import { basename, dirname, join, relative, resolve } from 'node:path'

import { longName, type RootSources, type SourceCheck } from '@overlay-render/check'
import {
  KUSTOMIZATION_NAMES,
  parseVendored,
  remoteKey,
  type VendoredRemote,
  walkInputs,
} from '@overlay-render/kustomize'
import { isWithin, Tree, type TreeView } from '@overlay-render/system'

import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import { placeOf, problemOfCopy } from '../vendor/copy-problem.ts'
import { vendorFolderOf } from '../vendor/vendor-folder.ts'
import { CONFIG_FILE, LOCK_FILE } from '../workspace-config.ts'
import { listFiles } from './list-files.ts'
import { findMentions } from './mentions.ts'
import type { OverlaySources } from './overlay-sources.ts'

/** What rules about sources look at, as far as no render has to tell it. */
export interface PreparedSources {
  readonly check: Omit<SourceCheck, 'isUsed'>
  /** The real paths of files that the sources of overlays read, and of those that the settings name. */
  readonly used: ReadonlySet<string>
}

/** @param sources those of every overlay of the workspace */
export async function prepareSources(
  context: PipelineContext,
  sources: readonly OverlaySources[],
  signal: AbortSignal | undefined,
): Promise<PreparedSources> {
  const { visible, workspace, shown } = context
  const view = await visible.view('stub', signal)
  const files = listFiles(view, workspace).filter((file) => !isWritten(file, context))
  const used = usedFiles(context, sources)
  const unreached = findUnreached(files, sources, context, view)
  // Of these, renders may use some: names that nobody asks for do no harm.
  const unused = [...files.filter((file) => !used.has(file)), ...unreached.map(({ folder }) => folder)]
  const mentions = await findMentions(context, [...new Set(unused.map(longName))], { files, view, signal })
  const vendored = readVendored(view, workspace)
  const check = {
    overlays: sources
      .filter(({ overlay }) => overlay.layout.kind === 'kustomize')
      .map(({ overlay, graph }) => ({ name: overlay.name, folder: graph.root, graph })),
    unreached,
    files,
    mentioned: (names: readonly string[]) => new Set(names.filter((name) => mentions.has(name))),
    isVendored: (written: string) => vendored.has(remoteKey(written)),
    editedCopies: [...vendored.values()].flatMap((remote) => {
      const place = placeOf(workspace, remote)
      const isEdited = problemOfCopy(view, context, remote)?.problem === 'edited'
      return isEdited && place !== undefined ? [{ url: remote.url, path: shown(place.path) }] : []
    }),
    readText: (real: string) => Buffer.from(view.readFile(real)).toString('utf8'),
    shown,
  }
  return { check, used }
}

/** Files that this project writes or copies are not sources. */
function isWritten(file: string, { workspace, config }: PipelineContext): boolean {
  const folders = [
    resolve(workspace, config.golden.path),
    join(workspace, 'rendered'),
    vendorFolderOf(workspace),
  ]
  return folders.some((folder) => isWithin(file, folder)) || [CONFIG_FILE, LOCK_FILE].includes(basename(file))
}

/** The roots that no overlay reaches. */
function findUnreached(
  files: readonly string[],
  sources: readonly OverlaySources[],
  { boundary, shown, config }: PipelineContext,
  view: TreeView,
): RootSources[] {
  const reached = new Set(
    sources.flatMap(({ graph }) => [graph.root, ...graph.roots.map(({ path }) => path)]),
  )
  const tree = new Tree(view, { boundary: boundary.folders, shown })
  return rootFolders(files)
    .filter((folder) => !reached.has(folder))
    .map((folder) => ({
      folder,
      graph: walkInputs(folder, { tree, version: config.kustomize.pin.kustomize, allowNetwork: true }),
    }))
}

function rootFolders(files: readonly string[]): string[] {
  const folders = files
    .filter((file) => KUSTOMIZATION_NAMES.some((name) => name === basename(file)))
    .map((file) => dirname(file))
  return [...new Set(folders)]
}

function usedFiles(
  { workspace, overlays }: PipelineContext,
  sources: readonly OverlaySources[],
): ReadonlySet<string> {
  const files = sources.flatMap(({ overlay, graph, read }) => {
    const copied = graph.realFiles.flatMap((file) => originalsOf(file, overlay, lineageOf(overlay, overlays)))
    return [...graph.realFiles, ...copied, ...usedOf(read, overlay, overlays)]
  })
  return new Set([...files, ...overlays.flatMap((overlay) => namedFiles(overlay, workspace))])
}

/**
 * Those of the files that were read for an overlay that it uses: all patches and resources of an overlay that it extends are copied, and of
 * those only what a kustomization names is used.
 */
export function usedOf(read: Iterable<string>, overlay: Overlay, overlays: readonly Overlay[]): string[] {
  const lineage = lineageOf(overlay, overlays)
  return [...read].filter((file) => !lineage.some(({ folder }) => isWithin(file, folder)))
}

/** Where the overlays that one extends may have a file of its folder. */
function originalsOf(file: string, { folder }: Overlay, lineage: readonly Overlay[]): string[] {
  return isWithin(file, folder) ? lineage.map((parent) => join(parent.folder, relative(folder, file))) : []
}

function namedFiles({ folder, settings }: Overlay, workspace: string): string[] {
  return [
    ...settings.templates.flatMap(({ source, to }) => [
      ...('from' in source ? [resolve(workspace, source.from)] : []),
      resolve(folder, to),
    ]),
    ...settings.edits.map(({ file }) => resolve(folder, file)),
    ...[...settings.values.values()].flatMap((value) =>
      value.kind === 'file' ? [resolve(workspace, value.file)] : [],
    ),
  ]
}

function readVendored(view: TreeView, workspace: string): ReadonlyMap<string, VendoredRemote> {
  const lock = join(workspace, LOCK_FILE)
  return view.kindOf(lock) === 'file'
    ? parseVendored(Buffer.from(view.readFile(lock)).toString('utf8'), LOCK_FILE)
    : new Map()
}
