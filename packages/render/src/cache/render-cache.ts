import type { Finding } from '@overlay-render/system'

import { cacheFolder, prepareFolder } from './cache-folder.ts'
import type { DigestIndex } from './digest-index.ts'
import { RecordStore } from './record-store.ts'
import type { RemoteStore } from './remote/remote-store.ts'
import type { StoreSize } from './sweep.ts'
import { toolVersion } from './tool-version.ts'

/** Bytes that a cache may hold by default. */
const DEFAULT_LIMIT = 1024 ** 3

export interface CacheOptions {
  /** Where it is; by the user's environment when absent. */
  readonly folder?: string | undefined
  /** Bytes that it may hold; 1 GiB when absent. */
  readonly limit?: number | undefined
  /** Where renders are shared between machines, as `openRemoteCache` gives it. */
  readonly remote?: RemoteStore | undefined
}

/** What `cache info` tells. */
export interface CacheInfo extends StoreSize {
  readonly folder: string
  readonly limit: number
  /** Scheme, host and port of the remote cache; undefined when there is none. */
  readonly remote: string | undefined
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
  readonly #remote: RemoteStore | undefined
  readonly #indexes = new Set<DigestIndex>()
  readonly #problems = new Set<string>()
  readonly #remoteProblems = new Set<string>()
  #tool: string | undefined
  #hits = 0

  constructor({ folder = cacheFolder(), limit = DEFAULT_LIMIT, remote }: CacheOptions = {}) {
    this.folder = folder
    this.limit = limit
    this.#store = new RecordStore(folder, limit)
    this.#remote = remote
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

  /** The remote cache, for a workspace that may read the given real folders; undefined where there is none, or where it cannot be trusted. */
  remoteFor(trees: readonly string[]): RemoteStore | undefined {
    const isOwnKey = this.#remote?.isKeyIn(trees) === false
    if (this.#remote !== undefined && !isOwnKey)
      this.#remoteProblems.add(
        'the key of the remote cache is in the tree that is rendered, where a commit can write',
      )
    return isOwnKey ? this.#remote : undefined
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
    const local = [...this.#problems, ...given(this.#store.problem)]
    const remote = [...this.#remoteProblems, ...given(this.#remote?.problem)]
    return [
      ...local.map((message) => ({
        ...unused('cache-unused', `${message}, so renders are not kept`),
        hint: 'name a folder of your own that can be written with XDG_CACHE_HOME',
      })),
      ...remote.map((message) => unused('remote-cache-unused', `${message}, so it is not used in this run`)),
    ]
  }

  /** Ends a run: writes what was learned, and keeps the cache below its limit. */
  finish(): void {
    for (const index of this.#indexes) index.save()
    this.#indexes.clear()
    this.#store.finish()
    this.#remote?.close()
  }

  info(): CacheInfo {
    const { folder, limit } = this
    const remote = this.#remote?.shown
    return { folder, limit, problem: prepareFolder(folder, []), remote, ...this.#store.size() }
  }

  /** Removes all records. Returns what there was. */
  clear(): StoreSize {
    return this.#store.clear()
  }
}

function given(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem]
}

function unused(rule: string, message: string): Finding {
  return { rule, severity: 'warning', message }
}
