import { dirname, join } from 'node:path'

import {
  combineFaults,
  parseGitRemote,
  type ChartLock,
  parseVendored,
  parseVendoredCharts,
  printChartLock,
  printVendored,
  type RemoteInput,
  remoteKey,
  splitLock,
  type VendoredRemote,
  walkInputs,
} from '@overlay-render/kustomize'
import {
  diskView,
  isWithin,
  removeEmptyFolder,
  removeFile,
  type RemoteRules,
  writeAtomically,
} from '@overlay-render/system'

import { layInherited } from '../inherit.ts'
import { lineageOf } from '../lineage.ts'
import { readOwnFile } from '../own-file.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { CallOptions } from '../progress.ts'
import { Stage } from '../stage.ts'
import { LOCK_FILE } from '../workspace-config.ts'
import { fetchCopy, type FetchCopyOptions } from './fetch-copy.ts'
import { checkCharts, chartCopies, chartOutcomes } from './chart-copies.ts'
import { placeOf, problemOfCopy } from './copy-problem.ts'
import { filesBelow } from './files-below.ts'
import { type LayOptions, layVendored, type NewCopy } from './lay-vendored.ts'
import { NO_CHARTS, vendorCharts, type VendoredCharts } from './vendor-charts.ts'
import { VENDOR_FOLDER } from './vendor-folder.ts'
import type { CopyPlace, VendorFinding, VendorOutcome } from './vendor-outcome.ts'

/** Options for vendoring. */
export interface VendorOptions extends CallOptions {
  /** Only for tests: see `RemoteRules`. */
  readonly loopback?: RemoteRules['loopback']
}

/**
 * Fetches every remote that overlays or vendored copies name and that has no copy yet, and locks it. With `update`, remotes with a
 * copy are fetched again.
 *
 * @throws KustomizeFault `vendored-copy` or `network-refused`, at the line that names the remote. Nothing is written then
 */
export async function vendorRemotes(
  context: PipelineContext,
  { update = false, ...options }: VendorOptions & { readonly update?: boolean | undefined },
): Promise<VendorOutcome[]> {
  const { remotes: before, charts: chartsBefore } = await readLock(context)
  const kept = update ? new Map<string, VendoredRemote>() : before
  const fetched = new Map<string, NewCopy>()
  const rules = rulesOf(context, options)
  const named = new Set<string>()
  const onRedirect = (remote: RemoteInput): void => void named.add(remoteKey(remote.written))
  const search = { ...options, onRedirect }
  for (let found = await findRemotes(context, kept, fetched, search); found.length > 0;) {
    for (const remote of found) {
      const url = remoteKey(remote.written)
      if (!fetched.has(url)) fetched.set(url, await fetchCopy(remote, rules))
    }
    named.clear()
    found = await findRemotes(context, kept, fetched, search)
  }
  const all = [...kept, ...[...fetched].map(([url, { remote }]) => [url, remote] as const)]
  const locked = new Map(all.filter(([url]) => named.has(url)))
  const remotes = { locked: kept, fetched }
  const charts = await vendorCharts(context, { ...rules, remotes, before: chartsBefore, update })
  writeCopies(context, [...fetched.values(), charts])
  await writeVendored(context, locked, charts)
  for (const [url, was] of before) {
    const now = locked.get(url)
    if (now === undefined || !isSame(was, now)) removeCopy(context, placeOf(context.workspace, was))
  }
  const chartCopiesNow = new Set(chartCopies(context.workspace, charts.lock).map(({ path }) => path))
  for (const copy of chartCopies(context.workspace, chartsBefore))
    if (!chartCopiesNow.has(copy.path)) removeCopy(context, copy)
  return [...outcomesOf(before, locked), ...chartOutcomes(chartsBefore, charts.lock)]
}

function outcomesOf(
  before: ReadonlyMap<string, VendoredRemote>,
  locked: ReadonlyMap<string, VendoredRemote>,
): VendorOutcome[] {
  const outcomes = new Map<string, VendorOutcome>()
  for (const [url, after] of locked) {
    const was = before.get(url)
    const outcome = was === undefined ? 'added' : isSame(was, after) ? 'kept' : 'updated'
    outcomes.set(url, { url, outcome, before: was, after })
  }
  for (const [url, was] of before) {
    if (!locked.has(url)) outcomes.set(url, { url, outcome: 'unused', before: was, after: undefined })
  }
  return [...outcomes.values()].sort((a, b) => (a.url < b.url ? -1 : 1))
}

/** Finds copies that are missing or were edited, and remotes that have changed. Writes nothing. */
export async function checkVendored(
  context: PipelineContext,
  options: VendorOptions,
): Promise<VendorFinding[]> {
  const { remotes: locked, charts } = await readLock(context)
  const findings: VendorFinding[] = []
  const named = new Map<string, RemoteInput>()
  const sound = new Map(
    [...locked].filter(([, remote]) => problemOfCopy(diskView, context, remote) === undefined),
  )
  const onRedirect = (remote: RemoteInput): void => void named.set(remoteKey(remote.written), remote)
  await findRemotes(context, sound, new Map(), { ...options, onRedirect })
  for (const [url, remote] of locked) {
    const problem = problemOfCopy(diskView, context, remote)
    if (problem !== undefined) {
      findings.push({ url, ...problem })
      continue
    }
    const input = named.get(url)
    if (input === undefined) {
      // A broken copy may name it.
      if (sound.size === locked.size) findings.push({ url, problem: 'unused', detail: 'no overlay names it' })
      continue
    }
    if (/^[0-9a-f]{40}$/u.test(parseGitRemote(url)?.ref ?? '') && remote.commit !== undefined) continue
    const { remote: now } = await fetchCopy(input, rulesOf(context, options))
    if (isSame(now, remote)) continue
    const detail = `it was ${short(remote)}, and is ${short(now)}`
    findings.push({ url, problem: 'moved', detail })
  }
  const checking = { ...rulesOf(context, options), sound, isWhole: sound.size === locked.size }
  return [...findings, ...(await checkCharts(context, charts, checking))]
}

function short({ commit, sha256 }: VendoredRemote): string {
  return commit === undefined ? `sha256 ${sha256.slice(0, 12)}` : commit.slice(0, 12)
}

function isSame(a: VendoredRemote, b: VendoredRemote): boolean {
  return a.commit === b.commit && a.sha256 === b.sha256
}

function rulesOf({ config }: PipelineContext, { loopback, signal }: VendorOptions): FetchCopyOptions {
  return { hosts: config.vendorHosts, loopback, version: config.kustomize.pin.kustomize, signal }
}

/** The remotes that overlays name and that have no copy, each once. */
export async function findRemotes(
  context: PipelineContext,
  locked: ReadonlyMap<string, VendoredRemote>,
  fetched: ReadonlyMap<string, NewCopy>,
  { signal, onRedirect }: VendorOptions & Pick<LayOptions, 'onRedirect'>,
): Promise<RemoteInput[]> {
  const found = new Map<string, RemoteInput>()
  const view = await context.visible.view('stub', signal)
  const { workspace, config, overlays } = context
  const version = config.kustomize.pin.kustomize
  for (const overlay of overlays.filter(({ layout }) => layout.kind === 'kustomize')) {
    const stage = new Stage(view, context.boundary, context.shown)
    layInherited(stage, overlay, lineageOf(overlay, overlays))
    layVendored(stage, overlay, { workspace, version }, { locked, fetched, charts: NO_CHARTS, onRedirect })
    const { faults, remotes } = walkInputs(overlay.folder, { tree: stage.tree, version, allowNetwork: true })
    const refused = faults.filter(({ code }) => code === 'network-refused')
    if (refused.length > 0) throw combineFaults(refused)
    for (const remote of remotes) {
      const url = remoteKey(remote.written)
      if (!found.has(url)) found.set(url, remote)
    }
  }
  return [...found.values()]
}

async function readLock(context: PipelineContext): Promise<{
  readonly remotes: ReadonlyMap<string, VendoredRemote>
  readonly charts: ChartLock | undefined
}> {
  const text = (await readOwnFile(LOCK_FILE, context)) ?? ''
  return { remotes: parseVendored(text, LOCK_FILE), charts: parseVendoredCharts(text, LOCK_FILE) }
}

async function writeVendored(
  context: PipelineContext,
  locked: ReadonlyMap<string, VendoredRemote>,
  { lock }: VendoredCharts,
): Promise<void> {
  const text = (await readOwnFile(LOCK_FILE, context)) ?? ''
  const { pin } = splitLock(text)
  const made = pin + printVendored(locked.values()) + (lock === undefined ? '' : printChartLock(lock))
  if (made === text) return
  const guarded = context.boundary.folders
  writeAtomically(join(context.workspace, LOCK_FILE), made, { guarded, shown: LOCK_FILE })
}

function writeCopies(
  { workspace, boundary, shown }: PipelineContext,
  copies: Iterable<Pick<NewCopy, 'files'>>,
): void {
  for (const { files } of copies) {
    for (const [path, bytes] of files) {
      const place = join(workspace, VENDOR_FOLDER, path)
      writeAtomically(place, bytes, { guarded: boundary.folders, shown: shown(place) })
    }
  }
}

/** Removes the files of a copy, and the folders that become empty. */
function removeCopy({ workspace, boundary, shown }: PipelineContext, place: CopyPlace | undefined): void {
  if (place === undefined) return
  const files = place.isFolder
    ? [...filesBelow(diskView, place.path).keys()].map((path) => join(place.path, path))
    : [place.path]
  const top = join(workspace, VENDOR_FOLDER)
  for (const file of files) {
    removeFile(file, { guarded: boundary.folders, shown: shown(file) })
    for (let folder = dirname(file); isWithin(folder, top); folder = dirname(folder)) {
      if (!removeEmptyFolder(folder, { guarded: boundary.folders, shown: shown(folder) })) break
    }
  }
}
