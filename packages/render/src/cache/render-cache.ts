import type { Finding } from '@overlay-render/system'

import { cacheFolder, prepareFolder } from './cache-folder.ts'
import type { DigestIndex } from './digest-index.ts'
import { RecordStore } from './record-store.ts'
import type { StoreSize } from './sweep.ts'
import { toolVersion } from './tool-version.ts'

/** Bytes that a cache may hold where nobody says otherwise. */
const DEFAULT_LIMIT = 1024 ** 3

export interface CacheOptions {
  /** Where it is; by the user's environment when absent. */
  readonly folder?: string | undefined
  /** Bytes that it may hold; 1 GiB when absent. */
  readonly limit?: number | undefined
}

/** What `cache info` tells. */
export interface CacheInfo extends StoreSize {
  readonly folder: string
  readonly limit: number
  /** Why it cannot be used; undefined when it can. */
  readonly problem: string | undefined
}

/**
 * Renders that are kept between runs, shared by all workspaces of a user. A cache never fails a render: what is wrong with
 * it is a problem that the caller may show.
 */
export class RenderCache {
  readonly folder: string
  readonly limit: number
  readonly #store: RecordStore
  readonly #indexes = new Set<DigestIndex>()
  readonly #problems = new Set<string>()
  #tool: string | undefined
  #hits = 0

  constructor({ folder = cacheFolder(), limit = DEFAULT_LIMIT }: CacheOptions = {}) {
    this.folder = folder
    this.limit = limit
    this.#store = new RecordStore(folder, limit)
  }

  /** What of this tool decides the bytes of a render. */
  get tool(): string {
    this.#tool ??= toolVersion()
    return this.#tool
  }

  /**
   * The records, for a workspace that may read the given real folders; undefined where the cache cannot be used for it.
   */
  openFor(trees: readonly string[]): RecordStore | undefined {
    const problem = prepareFolder(this.folder, trees)
    if (problem === undefined) return this.#store
    this.#problems.add(`the cache ${this.folder} ${problem}`)
    return undefined
  }

  /** How many results were found in it. */
  get hits(): number {
    return this.#hits
  }

  countHit(): void {
    this.#hits++
  }

  /** Has an index written when the run ends. */
  track(index: DigestIndex): void {
    this.#indexes.add(index)
  }

  /** What kept the cache from being used, once each. */
  get problems(): Finding[] {
    const { problem } = this.#store
    return [...this.#problems, ...(problem === undefined ? [] : [problem])].map((message) => ({
      rule: 'cache-unused',
      severity: 'warning',
      message: `${message}, so renders are not kept`,
    }))
  }

  /** Ends a run: writes what was learned, and keeps the cache below its limit. */
  finish(): void {
    for (const index of this.#indexes) index.save()
    this.#indexes.clear()
    this.#store.finish()
  }

  info(): CacheInfo {
    const { folder, limit } = this
    return { folder, limit, problem: prepareFolder(folder, []), ...this.#store.size() }
  }

  /** Removes all records. Returns what there was. */
  clear(): StoreSize {
    return this.#store.clear()
  }
}
