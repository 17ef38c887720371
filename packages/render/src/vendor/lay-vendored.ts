import { join, posix, relative, sep } from 'node:path'

import {
  digestOfFiles,
  vendoredFilePath,
  parseGitRemote,
  KustomizeFault,
  type ChartLock,
  parseVendored,
  parseVendoredCharts,
  type Redirect,
  redirectReferences,
  type RemoteInput,
  remoteKey,
  vendoredRepositoryPath,
  sha256Of,
  type VendoredRemote,
  walkInputs,
} from '@overlay-render/kustomize'

import { decodeOwn } from '../own-file.ts'
import type { Overlay } from '../overlays.ts'
import type { Stage } from '../stage.ts'
import { LOCK_FILE } from '../workspace-config.ts'
import { filesBelow } from './files-below.ts'
import { layChart } from './lay-charts.ts'
import { VENDOR_FOLDER } from './vendor-folder.ts'

/** The workspace, as far as vendored copies need it. */
export interface VendorPlace {
  /** The workspace's folder. */
  readonly workspace: string
  /** The pinned kustomize version. */
  readonly version: string
}

/** Which copies to use. */
export interface LayOptions {
  /** The locked remotes; those of `overlay-render.lock` when absent. */
  readonly locked?: ReadonlyMap<string, VendoredRemote> | undefined
  /** Copies that are not in the tree yet, by URL, with their files by path below the vendor folder. */
  readonly fetched?: ReadonlyMap<string, NewCopy> | undefined
  /** The same for charts, with the files of new ones by path below the vendor folder. */
  readonly charts?:
    | { readonly lock: ChartLock | undefined; readonly files: ReadonlyMap<string, Uint8Array> }
    | undefined
  /** Called for each reference that is replaced by a copy. */
  readonly onRedirect?: ((remote: RemoteInput) => void) | undefined
}

/** A fetched remote, and its files by path below the vendor folder. */
export interface NewCopy {
  readonly remote: VendoredRemote
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Most passes: copies may name remotes that have copies themselves, but not endlessly. */
const MAX_ROUNDS = 50

/**
 * Replaces, in the stage only, every reference to a remote in `overlay-render.lock` by its copy. A folder is referenced by its
 * path. A file is copied next to the kustomization, since kustomize reads files only below it. Remotes without a copy stay, for the
 * walk to report.
 *
 * @throws KustomizeFault `vendored-copy` for a copy that is missing or does not match the lock file; `lock-invalid`
 */
export function layVendored(
  stage: Stage,
  overlay: Overlay,
  place: VendorPlace,
  options: LayOptions = {},
): void {
  const locked = options.locked ?? readLocked(stage, place.workspace)
  const charts = options.charts === undefined ? readLockedCharts(stage, place.workspace) : options.charts.lock
  // Without copies no kustomization needs to be read here.
  if (locked.size === 0 && (options.fetched?.size ?? 0) === 0 && charts === undefined) return
  for (const [path, bytes] of options.charts?.files ?? [])
    stage.write(join(place.workspace, VENDOR_FOLDER, path), bytes, { kind: 'vendored' })
  let copies: VendoredCopies | undefined
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const graph = walkInputs(overlay.folder, {
      tree: stage.tree,
      version: place.version,
      allowNetwork: true,
    })
    const { remotes } = graph
    const absent = graph.charts.filter(({ isThere, repo }) => !isThere && repo !== undefined)
    if (remotes.length === 0 && absent.length === 0) return
    // Before kustomize 5.3, two versions of a chart share one folder, so the first one may be there already.
    const laid = absent.filter(
      (chart) => !stage.tree.isFolder(chart.folder) && layChart(stage, place.workspace, chart, charts),
    )
    copies ??= new VendoredCopies(stage, place, { ...options, locked })
    const redirects = new Map<string, Redirect[]>()
    for (const remote of remotes) {
      const redirect = copies.redirect(remote)
      if (redirect === undefined) continue
      options.onRedirect?.(remote)
      const { file } = remote.named
      redirects.set(file, [...(redirects.get(file) ?? []), redirect])
    }
    if (redirects.size === 0 && laid.length === 0) return
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

  /** The replacement for a reference to a remote; undefined for a remote without a copy. */
  redirect(remote: RemoteInput): Redirect | undefined {
    const key = remoteKey(remote.written)
    const locked = this.#locked.get(key)
    if (locked === undefined) return undefined
    const { at } = remote.named
    if (locked.commit === undefined) {
      const { path, key: name } = this.#addFile(remote, locked)
      return { at, remote: key, path, key: name }
    }
    const place = parseGitRemote(key)
    if (place === undefined) throw fault(remote, 'the lock has a commit for a URL that is not a git remote')
    const folder = join(this.#workspace, VENDOR_FOLDER, vendoredRepositoryPath(place, locked.commit))
    this.#checkFolder(remote, locked, folder)
    const path = relative(remote.root, join(folder, place.folder)).split(sep).join('/')
    return { at, remote: key, path: path.startsWith('.') ? path : `./${path}`, key: undefined }
  }

  #addFile(remote: RemoteInput, { url, sha256 }: VendoredRemote): { path: string; key: string | undefined } {
    const copy = join(this.#workspace, VENDOR_FOLDER, vendoredFilePath(url, sha256))
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
  return parseVendored(textOfLock(stage, workspace), LOCK_FILE)
}

/** The charts in the lock file. @throws KustomizeFault `lock-invalid` */
export function readLockedCharts(stage: Stage, workspace: string): ChartLock | undefined {
  return parseVendoredCharts(textOfLock(stage, workspace), LOCK_FILE)
}

function textOfLock(stage: Stage, workspace: string): string {
  const lock = stage.open(join(workspace, LOCK_FILE))
  return lock.outcome === 'file' ? decodeOwn(lock.read(), LOCK_FILE) : ''
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
    message: `the copy of "${written}", ${shown}, does not match ${LOCK_FILE}: it was edited`,
    position,
    hint: 'restore it from git; to change what is deployed, patch it in an overlay',
  })
}
