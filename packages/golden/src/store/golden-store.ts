import { join } from 'node:path'

import { diskView, narrowedView, type TreeView } from '@overlay-render/system'

import type { ManifestDiff } from '../diff/change.ts'
import { diffManifests, type DiffOptions } from '../diff/diff-manifests.ts'
import { GoldenFault } from '../golden-fault.ts'
import { Manifests, parseManifests } from '../resources/manifests.ts'
import type { DiffRules } from '../rules/diff-rules.ts'
import { filesIn, filesInAnyLayout, orphansIn, overlaysIn } from './find-golden-files.ts'
import { checkOverlayName, type GoldenLayout } from './golden-files.ts'
import type { GoldenFileChange } from './golden-patch.ts'
import { type GoldenPlan, planUpdate, removalOf } from './plan-update.ts'
import { type GoldenAccess, readGoldenFile } from './read-golden.ts'
import { type GoldenWriter, openToWrite } from './write-golden.ts'

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
    const files = filesIn(this.layout, overlay, access)
    if (files.length === 0) return undefined
    const parsed = files.map((path) => this.#parse(path, access))
    const [only] = parsed
    if (this.layout === 'file' && only !== undefined) return only
    const resources = parsed.flatMap((manifests) => manifests.resources)
    return new Manifests(`${this.#shown}/${overlay}`, resources)
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
    const writer = this.#openToWrite()
    const written: string[] = []
    const removed: string[] = []
    for (const { path, after } of changes) {
      if (after === undefined) {
        writer.remove(path)
        removed.push(path)
      } else {
        writer.write(path, after)
        this.#recordWrite(path)
        written.push(path)
      }
    }
    return { overlay, written, removed, unchanged: files.filter((path) => !written.includes(path)) }
  }

  /** What `update` would do, without writing. */
  async plan(overlay: string, manifests: Manifests, rules: DiffRules = {}): Promise<GoldenPlan> {
    const golden = await this.#readIfSound(overlay)
    const { layout } = this
    return planUpdate({ overlay, manifests, golden, rules, layout }, await this.#openAccess())
  }

  /** The overlays that have a golden in the store's layout, sorted. */
  async overlays(): Promise<string[]> {
    return overlaysIn(this.layout, await this.#openAccess())
  }

  /** The overlays that have a golden in the store's layout but are not among the known ones, sorted. */
  async orphans(known: readonly string[]): Promise<string[]> {
    return orphansIn(this.layout, known, await this.#openAccess())
  }

  /** Removes the golden of a removed overlay, and returns the paths of its files. */
  async remove(overlay: string): Promise<readonly string[]> {
    checkOverlayName(overlay)
    const files = (await this.filesToRemove(overlay)).map(({ path }) => path)
    const writer = this.#openToWrite()
    for (const path of files) writer.remove(path)
    return files
  }

  /** What `remove` would do, without writing. */
  async filesToRemove(overlay: string): Promise<GoldenFileChange[]> {
    const access = await this.#openAccess()
    return filesInAnyLayout(overlay, access).map((path) => removalOf(path, access))
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

  /** Keeps in mind that a file and the folders above it, up to the store's, exist now. */
  #recordWrite(path: string): void {
    const parts = path.split('/')
    for (let length = parts.length; length >= 0; length--)
      this.#written.add(join(this.folder, ...parts.slice(0, length)))
  }

  #openToWrite(): GoldenWriter {
    return openToWrite({ folder: this.folder, guarded: this.#guarded, shown: this.#shown })
  }
}
