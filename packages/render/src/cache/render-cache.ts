import type { Finding } from '@overlay-render/system'

import { cacheFolder, prepareFolder } from './cache-folder.ts'
import type { DigestIndex } from './digest-index.ts'
import { RecordStore } from './record-store.ts'
import type { RemoteStore } from './remote/remote-store.ts'
import type { ClearedStore, StoreSize } from './sweep.ts'
import { toolVersion } from './tool-version.ts'

/** The default limit of a cache, in bytes. */
const DEFAULT_LIMIT = 1024 ** 3

export interface CacheOptions {
  /** The folder of the cache; the user's environment decides when absent. */
  readonly folder?: string | undefined
  /** Its limit in bytes; 1 GiB when absent. */
  readonly limit?: number | undefined
  /** The cache shared between machines, as `openRemoteCache` returns it. */
  readonly remote?: RemoteStore | undefined
}

/** What `cache info` prints. */
export interface CacheInfo extends StoreSize {
  readonly folder: string
  readonly limit: number
  /** Scheme, host and port of the remote cache; undefined when there is none. */
  readonly remote: string | undefined
  /** Why the folder cannot be used; undefined when it can. */
  readonly problem: string | undefined
}

/**
 * Renders that are kept between runs, shared by all workspaces of a user. A problem of the cache never fails a render: it becomes a
 * finding.
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

  /** The version of everything in this tool that decides the bytes of a render, see `toolVersion`. */
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

  /** The number of results that came from the cache. */
  get hits(): number {
    return this.#hits
  }

  /** Counts a result that came from the cache. */
  countHit(): void {
    this.#hits++
  }

  /** Registers an index, to be saved when the run ends. */
  track(index: DigestIndex): void {
    this.#indexes.add(index)
  }

  /** Why the cache was not used, each reason once. */
  get problems(): Finding[] {
    const local = [...this.#problems, ...given(this.#store.problem)]
    const remote = [...this.#remoteProblems, ...given(this.#remote?.problem)]
    return [
      ...local.map((message) => ({
        ...unused('cache-unused', `${message}, so renders are not kept`),
        hint: 'set XDG_CACHE_HOME to a folder that only you can write to',
      })),
      ...remote.map((message) => unused('remote-cache-unused', `${message}, so it is not used in this run`)),
    ]
  }

  /** Ends a run: saves the indexes, and keeps the cache below its limit. */
  finish(): void {
    for (const index of this.#indexes) index.save()
    this.#indexes.clear()
    this.#store.finish()
    this.#remote?.close()
  }

  /** The state of the cache, for `cache info`. */
  info(): CacheInfo {
    const { folder, limit } = this
    const remote = this.#remote?.shown
    return { folder, limit, problem: prepareFolder(folder, []), remote, ...this.#store.size() }
  }

  /** Removes all records that can be removed. */
  clear(): ClearedStore {
    return this.#store.clear()
  }
}

function given(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem]
}

function unused(rule: string, message: string): Finding {
  return { rule, severity: 'warning', message }
}
