import { join, posix, relative, sep } from 'node:path'

import {
  digestOfFiles,
  filePlace,
  gitPlace,
  KustomizeFault,
  parseVendored,
  type Redirect,
  redirectReferences,
  type RemoteInput,
  remoteKey,
  repositoryPlace,
  sha256Of,
  type VendoredRemote,
  walkInputs,
} from '@overlay-render/kustomize'

import type { TreeView } from '@overlay-render/system'

import type { Overlay } from '../overlays.ts'
import type { Stage } from '../stage.ts'
import { LOCK_FILE } from '../workspace-config.ts'

/** The folder of vendored copies, in the workspace. */
export const VENDOR_FOLDER = 'vendor'

export function vendorFolderOf(workspace: string): string {
  return join(workspace, VENDOR_FOLDER)
}

export interface VendorPlace {
  /** The workspace's folder. */
  readonly workspace: string
  /** The pinned kustomize version. */
  readonly version: string
}

export interface LayOptions {
  /** What is locked, instead of what `overlay-render.lock` says. */
  readonly locked?: ReadonlyMap<string, VendoredRemote> | undefined
  /** Copies that are not in the tree yet, by URL, with their files by path below the folder of copies. */
  readonly fetched?: ReadonlyMap<string, NewCopy> | undefined
  /** Told of each reference that is led to a copy. */
  readonly onRedirect?: ((remote: RemoteInput) => void) | undefined
}

export interface NewCopy {
  readonly remote: VendoredRemote
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Copies may name remotes that are copied themselves, but not without end. */
const MOST_ROUNDS = 50

/**
 * Leads every reference to a remote that `overlay-render.lock` records to its copy, in the stage alone: a folder is named by its path, a
 * file is laid beside the kustomization, since kustomize reads files only below that. Remotes without a copy are left for the walk.
 *
 * @throws KustomizeFault `vendored-copy` for a copy that is gone, or that is not what was locked; `lock-invalid`
 */
export function layVendored(
  stage: Stage,
  overlay: Overlay,
  place: VendorPlace,
  options: LayOptions = {},
): void {
  const locked = options.locked ?? readLocked(stage, place.workspace)
  // Without copies there is nothing to lead anywhere, and no kustomization needs to be read for that.
  if (locked.size === 0 && (options.fetched?.size ?? 0) === 0) return
  let copies: VendoredCopies | undefined
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { remotes } = walkInputs(overlay.folder, {
      tree: stage.tree,
      version: place.version,
      allowNetwork: true,
    })
    if (remotes.length === 0) return
    copies ??= new VendoredCopies(stage, place, { ...options, locked })
    const redirects = new Map<string, Redirect[]>()
    for (const remote of remotes) {
      const redirect = copies.redirect(remote)
      if (redirect === undefined) continue
      options.onRedirect?.(remote)
      const { file } = remote.named
      redirects.set(file, [...(redirects.get(file) ?? []), redirect])
    }
    if (redirects.size === 0) return
    for (const [file, list] of redirects) {
      const text = Buffer.from(stage.read(file)).toString('utf8')
      stage.write(file, Buffer.from(redirectReferences(text, list)), { kind: 'vendored' })
    }
  }
}

/** The copies of a workspace, as its stage sees them. */
class VendoredCopies {
  readonly #stage: Stage
  readonly #workspace: string
  readonly #locked: ReadonlyMap<string, VendoredRemote>
  readonly #fetched: ReadonlyMap<string, NewCopy>
  readonly #checked = new Set<string>()

  constructor(
    stage: Stage,
    { workspace }: VendorPlace,
    { locked = new Map(), fetched = new Map() }: LayOptions,
  ) {
    this.#stage = stage
    this.#workspace = workspace
    this.#fetched = fetched
    const added = [...fetched].map(([url, { remote }]) => [url, remote] as const)
    this.#locked = new Map([...locked, ...added])
    for (const { files } of fetched.values()) {
      for (const [path, bytes] of files) {
        stage.write(join(workspace, VENDOR_FOLDER, path), bytes, { kind: 'vendored' })
      }
    }
  }

  /** Where a reference to a remote is to lead; undefined for a remote without a copy. */
  redirect(remote: RemoteInput): Redirect | undefined {
    const key = remoteKey(remote.written)
    const locked = this.#locked.get(key)
    if (locked === undefined) return undefined
    const { at } = remote.named
    if (locked.commit === undefined) {
      const { path, key: name } = this.#layFile(remote, locked)
      return { at, remote: key, path, key: name }
    }
    const place = gitPlace(key)
    if (place === undefined) throw fault(remote, 'the lock has a commit for what is no git remote')
    const folder = join(this.#workspace, VENDOR_FOLDER, repositoryPlace(place, locked.commit))
    this.#checkFolder(remote, locked, folder)
    const path = relative(remote.root, join(folder, place.folder)).split(sep).join('/')
    return { at, remote: key, path: path.startsWith('.') ? path : `./${path}`, key: undefined }
  }

  #layFile(remote: RemoteInput, { url, sha256 }: VendoredRemote): { path: string; key: string | undefined } {
    const copy = join(this.#workspace, VENDOR_FOLDER, filePlace(url, sha256))
    const opened = this.#stage.open(copy)
    if (opened.outcome !== 'file')
      throw fault(remote, `its copy ${this.#stage.tree.shown(copy)} is not there`)
    const bytes = opened.read()
    if (sha256Of(bytes) !== sha256) throw edited(remote, this.#stage.tree.shown(copy))
    const path = `.vendored-${sha256.slice(0, 12)}-${posix.basename(copy)}`
    this.#stage.write(join(remote.root, path), bytes, { kind: 'vendored' })
    const isGenerated = /^(?:configmap|secret)-file$/u.test(remote.role)
    return { path, key: isGenerated ? posix.basename(url) : undefined }
  }

  #checkFolder(remote: RemoteInput, { url, sha256 }: VendoredRemote, folder: string): void {
    if (this.#checked.has(folder) || this.#fetched.has(url)) return
    const shown = this.#stage.tree.shown(folder)
    if (!this.#stage.tree.isFolder(folder)) throw fault(remote, `its copy ${shown} is not there`)
    if (digestOfFiles(filesBelow(this.#stage.beneath, folder)) !== sha256) throw edited(remote, shown)
    this.#checked.add(folder)
  }
}

function readLocked(stage: Stage, workspace: string): ReadonlyMap<string, VendoredRemote> {
  const lock = stage.open(join(workspace, LOCK_FILE))
  return parseVendored(lock.outcome === 'file' ? Buffer.from(lock.read()).toString('utf8') : '', LOCK_FILE)
}

/** Every file below a folder, by its path from there. Links are no part of a copy: none is followed. */
export function filesBelow(view: TreeView, folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const open = view.kindOf(folder) === 'folder' ? [''] : []
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of view.list(join(folder, at))) {
      const path = posix.join(at, name)
      const kind = view.kindOf(join(folder, path))
      if (kind === 'folder') open.push(path)
      else files.set(path, kind === 'file' ? view.readFile(join(folder, path)) : Buffer.from('a link'))
    }
  }
  return files
}

function fault({ written, position }: RemoteInput, problem: string): KustomizeFault {
  return new KustomizeFault({
    code: 'vendored-copy',
    message: `"${written}" is vendored, but ${problem}`,
    position,
    hint: 'add the copies to git, or vendor it again: overlay-render vendor',
  })
}

function edited({ written, position }: RemoteInput, shown: string): KustomizeFault {
  return new KustomizeFault({
    code: 'vendored-copy',
    message: `the copy of "${written}", ${shown}, is not what ${LOCK_FILE} records: it was edited`,
    position,
    hint: 'restore it from git; to change what is deployed, patch it in an overlay',
  })
}
