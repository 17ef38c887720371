import { join } from 'node:path'

import {
  diskView,
  makeOutputFolder,
  narrowedView,
  type OutputOptions,
  removeEmptyFolder,
  removeFile,
  type TreeView,
  writeAtomically,
} from '@overlay-render/system'

import type { ManifestDiff } from '../diff/change.ts'
import { diffManifests, type DiffOptions } from '../diff/diff-manifests.ts'
import { pairResources } from '../diff/pair-resources.ts'
import { GoldenFault } from '../golden-fault.ts'
import { Manifests, parseManifests } from '../resources/manifests.ts'
import { compareText, idKey } from '../resources/resource-id.ts'
import type { DiffRules } from '../rules/diff-rules.ts'
import {
  checkOverlayName,
  documentOf,
  type GoldenDocument,
  goldenFiles,
  type GoldenLayout,
} from './golden-files.ts'
import type { GoldenFileChange } from './golden-patch.ts'
import { type GoldenAccess, listGoldenFolder, readGoldenFile } from './read-golden.ts'

export interface GoldenStoreOptions {
  /** `file` when absent. */
  readonly layout?: GoldenLayout
  /** The folder's name in messages and reports, relative to the workspace; the folder itself when absent. */
  readonly shown?: string
  /** Absolute real paths of folders in which links are not followed. Links in the store are never followed. */
  readonly guarded?: readonly string[]
  /** The view to read from, to which the store's own writes are added; the whole disk when absent. */
  readonly view?: () => Promise<TreeView>
  /** Absolute real paths of the folders that the store may read in; anywhere when absent. */
  readonly boundary?: readonly string[]
}

/** The result of comparing a render with its golden. */
export interface GoldenCheck {
  readonly overlay: string
  /** Whether the overlay has no golden yet. */
  readonly missing: boolean
  /** Whether the golden is missing, or anything differs that no rule ignores. */
  readonly differs: boolean
  readonly diff: ManifestDiff
  /** The number of differences that rules ignore. */
  readonly ignored: number
  /** How accepting the difference changes the golden's files. */
  plan(): Promise<GoldenPlan>
}

/** The result of an update; paths are relative to the store. */
export interface GoldenUpdate {
  readonly overlay: string
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: readonly string[]
}

/** The planned result of an update; paths are relative to the store. */
export interface GoldenPlan {
  /** Every file that the golden will have. */
  readonly files: readonly string[]
  readonly changes: readonly GoldenFileChange[]
}

/**
 * The accepted output of overlays, in a folder tracked by git. Store only manifests rendered with stub secrets: the
 * store cannot distinguish a stub from a secret.
 */
export class GoldenStore {
  readonly folder: string
  readonly layout: GoldenLayout
  readonly #shown: string
  readonly #guarded: readonly string[]
  readonly #view: () => Promise<TreeView>
  readonly #boundary: readonly string[] | undefined
  /** Files written by this store, and their folders. */
  readonly #written = new Set<string>()

  constructor(
    folder: string,
    {
      layout = 'file',
      shown = folder,
      guarded = [],
      view = async () => Promise.resolve(diskView),
      boundary,
    }: GoldenStoreOptions = {},
  ) {
    this.folder = folder
    this.layout = layout
    this.#shown = shown
    this.#guarded = guarded
    this.#view = view
    this.#boundary = boundary
  }

  /**
   * The golden of an overlay, or undefined when it has none.
   *
   * @throws GoldenFault when the golden is damaged
   */
  async read(overlay: string): Promise<Manifests | undefined> {
    checkOverlayName(overlay)
    const access = await this.#openAccess()
    const files = this.#filesOf(overlay, this.layout, access)
    if (files.length === 0) return undefined
    const parsed = files.map((path) => this.#parse(path, access))
    const name = `${this.#shown}/${overlay}${this.layout === 'file' ? '.yaml' : ''}`
    return parsed.length === 1 && parsed[0] !== undefined && this.layout === 'file'
      ? parsed[0]
      : new Manifests(
          name,
          parsed.flatMap(({ resources }) => resources),
        )
  }

  /** Compares a render with its golden, without writing. */
  async check(
    overlay: string,
    manifests: Manifests,
    rules: DiffRules = {},
    options: DiffOptions = {},
  ): Promise<GoldenCheck> {
    const golden = await this.read(overlay)
    const before = golden ?? new Manifests(`${this.#shown}/${overlay}`, [])
    const diff = diffManifests(before, manifests, rules, options)
    return {
      overlay,
      missing: golden === undefined,
      differs: golden === undefined || diff.resources.length > 0,
      diff,
      ignored: diff.ignored.reduce((total, { count }) => total + count, 0),
      plan: async () => this.plan(overlay, manifests, rules),
    }
  }

  /**
   * Accepts a render as the golden of its overlay. A resource that differs only in ignored fields, key order or layout
   * keeps its text. Unchanged files are not written. Files of removed resources and of the other layout are removed.
   *
   * @throws SystemFault `link-in-output`, `not-writable` or `disk-full`
   */
  async update(overlay: string, manifests: Manifests, rules: DiffRules = {}): Promise<GoldenUpdate> {
    const { files, changes } = await this.plan(overlay, manifests, rules)
    const inStore = this.#openToWrite()
    const written: string[] = []
    const removed: string[] = []
    for (const { path, after } of changes) {
      if (after === undefined) {
        this.#remove(path, inStore)
        removed.push(path)
      } else {
        writeAtomically(this.#path(path), after, inStore(path))
        this.#recordWrite(path)
        written.push(path)
      }
    }
    return { overlay, written, removed, unchanged: files.filter((path) => !written.includes(path)) }
  }

  /** What `update` would do, without writing. */
  async plan(overlay: string, manifests: Manifests, rules: DiffRules = {}): Promise<GoldenPlan> {
    const golden = await this.#readIfSound(overlay)
    const documents =
      golden === undefined ? manifests.resources.map(documentOf) : keepSame(golden, manifests, rules)
    const files = goldenFiles(overlay, documents, this.layout)
    const wanted = new Set(files.map(({ path }) => path))
    const access = await this.#openAccess()
    const gone = LAYOUTS.flatMap((layout) => this.#filesOf(overlay, layout, access))
      .filter((path) => !wanted.has(path))
      .map((path) => ({ path, before: readGoldenFile(path, access), after: undefined }))
    const changed = files.flatMap(({ path, content }) => {
      const before = readGoldenFile(path, access)
      return before !== undefined && sameText(before, content)
        ? []
        : [{ path, before, after: Buffer.from(content) }]
    })
    return { files: [...wanted], changes: [...changed, ...gone] }
  }

  /** The overlays that have a golden in the store's layout, sorted. */
  async overlays(): Promise<string[]> {
    const names = new Set<string>()
    const access = await this.#openAccess()
    const pending = ['']
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      for (const entry of listGoldenFolder(folder, access)) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.folder) pending.push(path)
        else if (this.layout === 'file' && path.endsWith('.yaml')) names.add(path.slice(0, -'.yaml'.length))
        else if (this.layout === 'resources' && RESOURCE_FILE.test(entry.name)) {
          // <overlay>/<namespace>/<resource>.yaml
          const overlay = folder.split('/').slice(0, -1).join('/')
          if (overlay !== '') names.add(overlay)
        }
      }
    }
    return [...names].sort(compareText)
  }

  /** The overlays that have a golden in the store's layout but are not among the known ones, sorted. */
  async orphans(known: readonly string[]): Promise<string[]> {
    // After a change of the layout, files of the other layout remain until an update removes them.
    const access = await this.#openAccess()
    const others = known.map((name) => this.#filesOf(name, otherLayout(this.layout), access))
    const taken = new Set([...known, ...others.flat().map((path) => path.slice(0, -'.yaml'.length))])
    return (await this.overlays()).filter((overlay) => !taken.has(overlay))
  }

  /** Removes the golden of a removed overlay, and returns the paths of its files. */
  async remove(overlay: string): Promise<readonly string[]> {
    checkOverlayName(overlay)
    const files = (await this.filesToRemove(overlay)).map(({ path }) => path)
    const inStore = this.#openToWrite()
    for (const path of files) this.#remove(path, inStore)
    return files
  }

  /** What `remove` would do, without writing. */
  async filesToRemove(overlay: string): Promise<GoldenFileChange[]> {
    const access = await this.#openAccess()
    return LAYOUTS.flatMap((layout) => this.#filesOf(overlay, layout, access)).map((path) => ({
      path,
      before: readGoldenFile(path, access),
      after: undefined,
    }))
  }

  /** Undefined for a damaged golden, which an update replaces as a whole. */
  async #readIfSound(overlay: string): Promise<Manifests | undefined> {
    try {
      return await this.read(overlay)
    } catch (error) {
      if (error instanceof GoldenFault) return undefined
      throw error
    }
  }

  #parse(path: string, access: GoldenAccess): Manifests {
    const shown = `${this.#shown}/${path}`
    return parseManifests(readGoldenFile(path, access) ?? new Uint8Array(), { file: shown })
  }

  /** The files of an overlay that exist, sorted. */
  #filesOf(overlay: string, layout: GoldenLayout, access: GoldenAccess): string[] {
    if (layout === 'file') {
      const path = `${overlay}.yaml`
      return readGoldenFile(path, access) === undefined ? [] : [path]
    }
    const entries = listGoldenFolder(overlay, access)
    const files: string[] = []
    for (const folder of entries.filter((entry) => entry.folder)) {
      for (const file of listGoldenFolder(`${overlay}/${folder.name}`, access)) {
        // Names of overlays can be paths, so folders nest; only resource files have this form.
        if (!file.folder && RESOURCE_FILE.test(file.name))
          files.push(`${overlay}/${folder.name}/${file.name}`)
      }
    }
    return files.sort(compareText)
  }

  /** Read access through the view, plus the files that this store has written since. */
  async #openAccess(): Promise<GoldenAccess> {
    const seen = await this.#view()
    const written = this.#written
    const view =
      written.size === 0
        ? seen
        : narrowedView(diskView, (path) => seen.kindOf(path) !== undefined || written.has(path))
    return { folder: this.folder, guarded: this.#guarded, shown: this.#shown, view, boundary: this.#boundary }
  }

  #recordWrite(path: string): void {
    const parts = path.split('/')
    for (; parts.length >= 0; parts.pop()) {
      this.#written.add(join(this.folder, ...parts))
      if (parts.length === 0) return
    }
  }

  /** Creates the store's folder, and returns the write options for a path in it. */
  #openToWrite(): (path: string) => OutputOptions {
    const real = makeOutputFolder(this.folder, { guarded: this.#guarded, shown: this.#shown })
    const guarded = [...this.#guarded, real]
    return (path) => ({ guarded, shown: `${this.#shown}/${path}` })
  }

  #remove(path: string, inStore: (path: string) => OutputOptions): void {
    removeFile(this.#path(path), inStore(path))
    const parts = path.split('/').slice(0, -1)
    for (; parts.length > 0; parts.pop()) {
      const folder = parts.join('/')
      if (!removeEmptyFolder(this.#path(folder), inStore(folder))) return
    }
  }

  #path(path: string): string {
    return join(this.folder, ...path.split('/'))
  }
}

const RESOURCE_FILE = /^[A-Z][\w.%-]*_[^/]+\.yaml$/iu

/** Ignores Windows line ends, which git may have added. */
function sameText(bytes: Uint8Array, content: string): boolean {
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n') === content
}

const LAYOUTS: readonly GoldenLayout[] = ['file', 'resources']

function otherLayout(layout: GoldenLayout): GoldenLayout {
  return layout === 'file' ? 'resources' : 'file'
}

/** The new documents, with the golden's text for unchanged resources. */
function keepSame(golden: Manifests, manifests: Manifests, rules: DiffRules): GoldenDocument[] {
  const changed = new Set(diffManifests(golden, manifests, rules).resources.map(({ id }) => idKey(id)))
  const old = new Map(pairResources(golden, manifests).pairs.map(([before, after]) => [after, before]))
  return manifests.resources.map((resource) =>
    documentOf(changed.has(idKey(resource.id)) ? resource : (old.get(resource) ?? resource)),
  )
}
