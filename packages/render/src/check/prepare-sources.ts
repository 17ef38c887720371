import { basename, dirname, join, relative, resolve } from 'node:path'

import {
  type ProvidedObject,
  type RootSources,
  type Rule,
  runRules,
  type SourceCheck,
} from '@overlay-render/check'
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
import { CREATE, createdObjects } from './created-objects.ts'
import { findMentions, TEMPLATED_WORDS } from './mentions.ts'
import type { OverlaySources } from './overlay-sources.ts'
import { readTexts, type TreeTexts } from './tree-texts.ts'

/** What rules about sources check, as far as it is known without a render. */
export interface PreparedSources {
  readonly check: Omit<SourceCheck, 'isUsed'>
  /** The real paths of the files that the sources of overlays read or the settings name. */
  readonly used: ReadonlySet<string>
  /** The objects that scripts of the tree create with kubectl, as far as the tree has been searched. */
  readonly created: readonly ProvidedObject[]
  /** The rest of them; searches all files. */
  readonly searchCreated: () => Promise<readonly ProvidedObject[]>
}

/** @param sources those of every overlay of the workspace */
export async function prepareSources(
  context: PipelineContext,
  sources: readonly OverlaySources[],
  {
    rules,
    signal,
  }: { readonly rules: readonly Rule<SourceCheck>[]; readonly signal: AbortSignal | undefined },
): Promise<PreparedSources> {
  const view = await context.visible.view('stub', signal)
  const files = listFiles(view, context.workspace).filter((file) => !isWritten(file, context))
  const used = usedFiles(context, sources)
  const known = readSources(context, sources, { files, view })
  const names = askedNames(rules, { ...known, isUsed: (real) => used.has(real) })
  const search: Search = async (words, below) =>
    readTexts(context, [...words, CREATE], { below, files, view, signal })
  const { mentions, ...created } = await searchFor(names, search, nearFolder(context))
  const mentioned = (asked: readonly string[]): ReadonlySet<string> =>
    new Set(asked.filter((name) => mentions.has(name)))
  return { check: { ...known, mentioned }, used, ...created }
}

/** Searches the tree, or what is below a folder. */
type Search = (words: readonly string[], below: string | undefined) => Promise<TreeTexts | 'failed'>

interface SearchResult extends Pick<PreparedSources, 'created' | 'searchCreated'> {
  /** Those of the names that some file of the tree mentions. */
  readonly mentions: ReadonlySet<string>
}

/**
 * Searches the folder around the workspace first: what uses a file is usually near it, and the repository may have a hundred thousand
 * other files. Only for a name that nothing there mentions is the whole tree searched.
 */
async function searchFor(
  names: readonly string[],
  search: Search,
  near: string | undefined,
): Promise<SearchResult> {
  const searchCreated = async (): Promise<readonly ProvidedObject[]> => createdIn(await search([], undefined))
  if (names.length === 0) return { mentions: new Set(), created: [], searchCreated }
  if (near !== undefined) {
    const tree = await search([...names, ...TEMPLATED_WORDS], near)
    const mentions = await mentionsIn(tree, names)
    if (names.every((name) => mentions.has(name)))
      return { mentions, created: createdIn(tree), searchCreated }
  }
  const tree = await search([...names, ...TEMPLATED_WORDS], undefined)
  return {
    mentions: await mentionsIn(tree, names),
    created: createdIn(tree),
    searchCreated: async () => [],
  }
}

/** The folder that the workspace is in, or the workspace itself; undefined when that is the whole tree. */
function nearFolder({ workspace, boundary: { workTree } }: PipelineContext): string | undefined {
  if (workTree === undefined) return undefined
  return [dirname(workspace), workspace].find((folder) => folder !== workTree && isWithin(folder, workTree))
}

async function mentionsIn(
  tree: TreeTexts | 'failed',
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  return tree === 'failed' ? new Set(names) : findMentions(names, tree)
}

function createdIn(tree: TreeTexts | 'failed'): ProvidedObject[] {
  return tree === 'failed' ? [] : createdObjects(tree.texts)
}

/** The names that the rules look for in other files. Renders may use more files, and then fewer names are looked for. */
function askedNames(rules: readonly Rule<SourceCheck>[], check: Omit<SourceCheck, 'mentioned'>): string[] {
  const names = new Set<string>()
  const mentioned = (asked: readonly string[]): ReadonlySet<string> => {
    for (const name of asked) names.add(name)
    return new Set()
  }
  runRules(rules, { ...check, mentioned })
  return [...names]
}

/** The part of a `SourceCheck` that does not depend on other files of the tree. */
function readSources(
  context: PipelineContext,
  sources: readonly OverlaySources[],
  { files, view }: { readonly files: readonly string[]; readonly view: TreeView },
): Omit<SourceCheck, 'isUsed' | 'mentioned'> {
  const { workspace, shown } = context
  const vendored = readVendored(view, workspace)
  return {
    overlays: sources
      .filter(({ overlay }) => overlay.layout.kind === 'kustomize')
      .map(({ overlay, graph }) => ({ name: overlay.name, folder: graph.root, graph })),
    unreached: findUnreached(files, sources, context, view),
    files,
    isVendored: (written) => vendored.has(remoteKey(written)),
    editedCopies: [...vendored.values()].flatMap((remote) => {
      const place = placeOf(workspace, remote)
      const isEdited = problemOfCopy(view, context, remote)?.problem === 'edited'
      return isEdited && place !== undefined ? [{ url: remote.url, path: shown(place.path) }] : []
    }),
    readText: (real) => Buffer.from(view.readFile(real)).toString('utf8'),
    shown,
  }
}

/** Whether this tool writes or copies the file; such files are not sources. */
function isWritten(file: string, { workspace, config }: PipelineContext): boolean {
  const folders = [
    resolve(workspace, config.golden.path),
    join(workspace, 'rendered'),
    vendorFolderOf(workspace),
  ]
  return folders.some((folder) => isWithin(file, folder)) || [CONFIG_FILE, LOCK_FILE].includes(basename(file))
}

/** The kustomization roots that no overlay uses. */
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
 * Those of the read files that the overlay uses. All patches and resources of an extended overlay are copied, but only those that a
 * kustomization names are used.
 */
export function usedOf(read: Iterable<string>, overlay: Overlay, overlays: readonly Overlay[]): string[] {
  const lineage = lineageOf(overlay, overlays)
  return [...read].filter((file) => !lineage.some(({ folder }) => isWithin(file, folder)))
}

/** The paths at which the extended overlays may have a file of this overlay's folder. */
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
