import { basename, dirname, join, relative, resolve } from 'node:path'

import { longName, type Rule, type RootSources, runRules, type SourceCheck } from '@overlay-render/check'
import {
  KUSTOMIZATION_NAMES,
  parseVendored,
  remoteKey,
  type VendoredRemote,
  walkInputs,
} from '@overlay-render/kustomize'
import { type Finding, isWithin, Tree, type TreeView } from '@overlay-render/system'

import { lineageOf } from '../lineage.ts'
import type { Overlay } from '../overlays.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import { placeOf, problemOfCopy } from '../vendor/copy-problem.ts'
import { vendorFolderOf } from '../vendor/vendor-folder.ts'
import { CONFIG_FILE, LOCK_FILE } from '../workspace-config.ts'
import { listFiles } from './list-files.ts'
import { findMentions } from './mentions.ts'
import { filesRead, type OverlaySources } from './overlay-sources.ts'

/** What is found in one overlay, or in none of them. */
export interface OverlayFindings {
  readonly overlay: string | undefined
  readonly findings: readonly Finding[]
}

interface Checked {
  /** Of every overlay of the workspace. */
  readonly sources: readonly OverlaySources[]
  /** Of the overlays that are checked. */
  readonly results: readonly RenderResult[]
  readonly rules: readonly Rule<SourceCheck>[]
  readonly signal: AbortSignal | undefined
}

/**
 * What the rules find in the sources of a workspace, each with the overlay that it is about. Findings of no overlay are reported only
 * when all overlays are checked.
 */
export async function checkSources(context: PipelineContext, checked: Checked): Promise<OverlayFindings[]> {
  const { sources, results, rules } = checked
  const findings = runRules(rules, await readSources(context, checked))
  const names = new Set(results.map(({ overlay }) => overlay))
  const isAll = sources.every(({ overlay }) => names.has(overlay.name))
  return findings.flatMap((finding): OverlayFindings[] => {
    const owners = sources
      .filter((each) => isAbout(finding, each, context))
      .map(({ overlay }) => overlay.name)
    if (owners.length === 0) return isAll ? [{ overlay: undefined, findings: [finding] }] : []
    return owners.filter((name) => names.has(name)).map((overlay) => ({ overlay, findings: [finding] }))
  })
}

/** A finding is about the overlays that read its file, else about the one that has it in its folder. */
function isAbout(
  { position }: Finding,
  { overlay, graph }: OverlaySources,
  { shown }: PipelineContext,
): boolean {
  const file = position?.file ?? ''
  return graph.files.some((input) => input.shown === file) || file.startsWith(`${shown(overlay.folder)}/`)
}

async function readSources(
  context: PipelineContext,
  { sources, results, signal }: Checked,
): Promise<SourceCheck> {
  const { visible, workspace, shown, config, boundary } = context
  const view = await visible.view('stub', signal)
  const files = listFiles(view, workspace).filter((file) => !isWritten(file, context))
  const used = usedFiles(context, sources, results)
  const reached = new Set(
    sources.flatMap(({ graph }) => [graph.root, ...graph.roots.map(({ path }) => path)]),
  )
  const tree = new Tree(view, { boundary: boundary.folders, shown })
  const unreached = rootFolders(files)
    .filter((folder) => !reached.has(folder))
    .map((folder): RootSources => ({
      folder,
      graph: walkInputs(folder, { tree, version: config.kustomize.pin.kustomize, allowNetwork: true }),
    }))
  const unused = [...files.filter((file) => !used.has(file)), ...unreached.map(({ folder }) => folder)]
  const mentions = await findMentions(context, [...new Set(unused.map(longName))], { files, view, signal })
  const vendored = readVendored(view, workspace)
  return {
    overlays: sources
      .filter(({ overlay }) => overlay.layout.kind === 'kustomize')
      .map(({ overlay, graph }) => ({ name: overlay.name, folder: graph.root, graph })),
    unreached,
    files,
    isUsed: (real) => used.has(real),
    mentioned: (names) => new Set(names.filter((name) => mentions.has(name))),
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

/** Files that this project writes or copies are not sources. */
function isWritten(file: string, { workspace, config }: PipelineContext): boolean {
  const folders = [
    resolve(workspace, config.golden.path),
    join(workspace, 'rendered'),
    vendorFolderOf(workspace),
  ]
  return folders.some((folder) => isWithin(file, folder)) || [CONFIG_FILE, LOCK_FILE].includes(basename(file))
}

function rootFolders(files: readonly string[]): string[] {
  const folders = files
    .filter((file) => KUSTOMIZATION_NAMES.some((name) => name === basename(file)))
    .map((file) => dirname(file))
  return [...new Set(folders)]
}

/** The real paths of files that renders read or would read, and of those that the settings name. */
function usedFiles(
  { workspace, overlays }: PipelineContext,
  sources: readonly OverlaySources[],
  results: readonly RenderResult[],
): ReadonlySet<string> {
  const files = sources.flatMap(({ overlay, graph, read }) => {
    const lineage = lineageOf(overlay, overlays)
    const result = results.find((each) => each.overlay === overlay.name)
    const observed = result === undefined || 'fault' in result ? [] : filesRead(result.rendered.observations)
    // All patches and resources of an overlay that is extended are copied: of those, only what a kustomization names is used.
    const isCopied = (file: string): boolean => lineage.some(({ folder }) => isWithin(file, folder))
    const copied = graph.realFiles.flatMap((file) => originalsOf(file, overlay, lineage))
    return [...graph.realFiles, ...copied, ...[...read, ...observed].filter((file) => !isCopied(file))]
  })
  return new Set([...files, ...overlays.flatMap((overlay) => namedFiles(overlay, workspace))])
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
