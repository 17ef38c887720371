import {
  KustomizeFault,
  parseVendored,
  type Redirect,
  type RemoteInput,
  redirectReferences,
  remoteKey,
} from '@overlay-render/kustomize'
import { diffManifests, type ManifestDiff, parseManifests } from '@overlay-render/golden'
import { diskView, type Fault, isWithin, nearestNames, writeAtomically } from '@overlay-render/system'

import type { OpenedWorkspace } from '../opened-workspace.ts'
import { readOwnFile } from '../own-file.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { RenderResult } from '../rendered.ts'
import { LOCK_FILE } from '../workspace-config.ts'
import type { VendorOutcome } from './vendor-outcome.ts'
import { findRemotes, type VendorOptions, vendorRemotes } from './vendor-workspace.ts'
import { vendorFolderOf } from './vendor-folder.ts'

/** A URL in kustomizations, and its replacement. With a `/` at the end of both, all URLs with that prefix. */
export interface UrlChange {
  readonly from: string
  readonly to: string
}

/** The result of an update, and its effect on each overlay. */
export interface VendorUpdate {
  readonly outcomes: readonly VendorOutcome[]
  /** The kustomizations whose URLs were changed, relative to the workspace. */
  readonly edited: readonly string[]
  readonly overlays: readonly OverlayUpdate[]
}

/** The effect of an update on one overlay. */
export type OverlayUpdate =
  | { readonly overlay: string; readonly diff: ManifestDiff }
  /** It cannot be rendered after the update. */
  | { readonly overlay: string; readonly fault: Fault }

/** Options of an update. */
export interface UpdateOptions extends VendorOptions {
  /** The only URL to change; when absent, every vendored remote is fetched again. */
  readonly change?: UrlChange | undefined
}

/**
 * Fetches vendored remotes again, or replaces one, and returns how that changes the renders.
 *
 * @param openAgain opens the workspace as it is after the update
 * @throws KustomizeFault `vendored-copy` for a URL that no overlay names. After a fault the kustomizations are unchanged
 */
export async function updateVendored(
  context: PipelineContext,
  openAgain: () => Promise<
    OpenedWorkspace & { vendor: (options: VendorOptions) => Promise<VendorOutcome[]> }
  >,
  { change, ...options }: UpdateOptions,
): Promise<VendorUpdate> {
  const names = context.overlays.map(({ name }) => name)
  const renderAll = async (workspace: OpenedWorkspace): Promise<RenderResult[]> =>
    workspace.renderAll(names, { secrets: 'stub', signal: options.signal })
  const before = await renderAll(await openAgain())
  const files = change === undefined ? [] : await editUrls(context, change, options)
  let outcomes: readonly VendorOutcome[]
  try {
    outcomes =
      change === undefined
        ? await vendorRemotes(context, { ...options, update: true })
        : await (await openAgain()).vendor(options)
  } catch (error) {
    for (const { path, before: text } of files) writeBack(context, path, text)
    throw error
  }
  const after = await renderAll(await openAgain())
  const { rules } = context.config.golden
  const overlays = after.flatMap((now, index): OverlayUpdate[] => {
    if ('fault' in now) return [now]
    const was = before[index]
    if (
      was === undefined ||
      'fault' in was ||
      !('manifests' in was.rendered) ||
      !('manifests' in now.rendered)
    )
      return []
    const parse = (bytes: Uint8Array): ReturnType<typeof parseManifests> =>
      parseManifests(bytes, { file: now.overlay })
    return [
      {
        overlay: now.overlay,
        diff: diffManifests(parse(was.rendered.manifests), parse(now.rendered.manifests), rules),
      },
    ]
  })
  return { outcomes, edited: files.map(({ path }) => context.shown(path)), overlays }
}

interface EditedFile {
  readonly path: string
  readonly before: Uint8Array
}

/** Replaces a URL in every kustomization of the tree. Vendored copies and files made in the stage are left alone. */
async function editUrls(
  context: PipelineContext,
  change: UrlChange,
  options: VendorOptions,
): Promise<EditedFile[]> {
  const mentions: { readonly named: RemoteInput['named']; readonly redirect: Redirect }[] = []
  const known = new Set<string>()
  const note = ({ written, named }: RemoteInput): void => {
    const remote = remoteKey(written)
    known.add(remote)
    const path = changedUrl(remote, change)
    if (path !== undefined) mentions.push({ named, redirect: { at: named.at, remote, path, key: undefined } })
  }
  const locked = parseVendored((await readOwnFile(LOCK_FILE, context)) ?? '', LOCK_FILE)
  for (const remote of await findRemotes(context, locked, new Map(), { ...options, onRedirect: note }))
    note(remote)
  const files = new Map<string, Redirect[]>()
  for (const { named, redirect } of mentions) {
    if (isWithin(named.file, vendorFolderOf(context.workspace)) || diskView.kindOf(named.file) !== 'file')
      continue
    files.set(named.file, [...(files.get(named.file) ?? []), redirect])
  }
  if (files.size === 0) throw unnamed(change.from, known)
  return [...files].map(([path, redirects]) => {
    const before = diskView.readFile(path)
    writeBack(context, path, Buffer.from(redirectReferences(Buffer.from(before).toString('utf8'), redirects)))
    return { path, before }
  })
}

function changedUrl(url: string, { from, to }: UrlChange): string | undefined {
  if (url === from) return to
  return from.endsWith('/') && to.endsWith('/') && url.startsWith(from)
    ? to + url.slice(from.length)
    : undefined
}

function writeBack({ boundary, shown }: PipelineContext, path: string, bytes: Uint8Array): void {
  writeAtomically(path, bytes, { guarded: boundary.folders, shown: shown(path) })
}

function unnamed(url: string, known: ReadonlySet<string>): KustomizeFault {
  const [near] = nearestNames(url, known)
  return new KustomizeFault({
    code: 'vendored-copy',
    message: `no kustomization of the overlays names ${remoteKey(url)}`,
    hint: near === undefined ? 'write it as the kustomization does' : `did you mean ${near}?`,
  })
}
