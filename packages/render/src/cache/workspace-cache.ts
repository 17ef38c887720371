import { diskView, digestOf, type ObjectCache, type Observation, type TreeView } from '@overlay-render/system'

import type { Boundary } from '../boundary.ts'
import { DigestIndex } from './digest-index.ts'
import { keyOf } from './key.ts'
import { decodeResult, encodeResult, type KeptResult } from './kept-result.ts'
import { remembered } from './memo.ts'
import {
  answersText,
  decodeQuestions,
  encodeQuestions,
  joinPathSets,
  questionsOf,
  Replay,
  splitPathSets,
} from './path-set.ts'
import type { RecordStore } from './record-store.ts'
import type { RemoteStore } from './remote/remote-store.ts'
import type { SharedResults } from './remote/shared-results.ts'
import type { RenderCache } from './render-cache.ts'

/** Hands a lookup the tree to ask, again where the first time was not enough; as `VisibleTree.find` does. */
export type Lookup = <Result>(ask: (view: TreeView) => Result) => Promise<Result>

/** Most bytes of files that are kept in memory, since many overlays share files. */
const MAX_BLOBS = 64 * 1024 * 1024

/**
 * The cached results of one workspace. A lookup has two steps, because the questions of a render are unknown before it has run: the
 * recipe (all that is known before) leads to the lists of questions that earlier renders asked; a list together with the answers
 * that the tree gives now is the key of the result. So a result is found only if every question has the same answer, and a render
 * with the same answers asks the same questions and has the same result.
 */
export class WorkspaceCache {
  readonly tool: string
  readonly #cache: RenderCache
  readonly #store: RecordStore
  readonly #remote: RemoteStore | undefined
  readonly #anchor: string
  readonly #digests: DigestIndex
  readonly #whole: TreeView
  readonly #replays = new Map<TreeView, Replay>()
  readonly #blobs = new Map<string, Uint8Array>()
  #blobBytes = 0
  #shared: Promise<SharedResults> | undefined

  /**
   * @param whole the files of the workspace, of the disk or of a revision
   * @returns undefined when nothing can be kept
   */
  static open(
    cache: RenderCache | undefined,
    { anchor, folders }: Boundary,
    whole: TreeView,
  ): WorkspaceCache | undefined {
    const store = cache?.openFor(folders)
    return cache === undefined || store === undefined
      ? undefined
      : new WorkspaceCache(cache, { store, remote: cache.remoteFor(folders) }, anchor, whole)
  }

  private constructor(
    cache: RenderCache,
    { store, remote }: { readonly store: RecordStore; readonly remote: RemoteStore | undefined },
    anchor: string,
    whole: TreeView,
  ) {
    this.tool = cache.tool
    this.#cache = cache
    this.#store = store
    this.#remote = remote
    this.#anchor = anchor
    this.#whole = whole
    this.#digests = new DigestIndex(store, anchor)
    if (whole === diskView) cache.track(this.#digests)
  }

  /** The kept result of the recipe for a tree with the answers of this one; undefined when there is none. */
  async find(recipe: string, lookup: Lookup): Promise<KeptResult | undefined> {
    const pathSets = this.#pathSets(recipe)
    if (pathSets.length === 0) return undefined
    return lookup((view) => this.#findIn(view, recipe, pathSets))
  }

  #findIn(view: TreeView, recipe: string, pathSets: readonly string[]): KeptResult | undefined {
    const replay = this.#replay(view)
    for (const pathSet of pathSets) {
      const found = this.#result(this.#keyFor(recipe, pathSet, replay))
      if (found !== undefined) return found
    }
    return undefined
  }

  /** `find` on the remote cache; undefined when there is none. */
  async findShared(recipe: string, view: () => Promise<TreeView>): Promise<KeptResult | undefined> {
    const shared = await this.#openShared()
    const found = await shared?.find(recipe, async () => {
      const replay = this.#replay(await view())
      return {
        anchor: this.#anchor,
        keyFor: (pathSet) => this.#keyFor(recipe, pathSet, replay),
        blob: (digest) => this.#blob(digest),
      }
    })
    if (found !== undefined) this.keep(recipe, found)
    return found
  }

  /** Keeps a result for the next run that asks the same questions and gets the same answers. */
  keep(recipe: string, result: KeptResult): void {
    const { observations, blobs } = result
    for (const [digest, bytes] of blobs) {
      const key = keyOf('blob', digest)
      if (this.#blob(digest) === undefined) this.#store.put(key, bytes)
    }
    this.#store.put(this.#resultKey(recipe, observations), encodeResult(result, this.#anchor))
    const pathSet = this.#pathSetOf(observations)
    const before = this.#pathSets(recipe)
    // Written last, so that whoever finds the questions also finds the result.
    if (before[0] !== pathSet) this.#store.put(recipe, joinPathSets(pathSet, before))
  }

  /** Stores a result on the remote cache, if there is one that can be written. */
  async share(recipe: string, result: KeptResult): Promise<void> {
    const { observations } = result
    const place = {
      recipe,
      pathSet: this.#pathSetOf(observations),
      key: this.#resultKey(recipe, observations),
    }
    await (await this.#openShared())?.keep(place, result, this.#anchor)
  }

  /** A value that depends only on the recipe and the answers: from an earlier run if it was kept, else from `work`. */
  async remember<Value>(
    recipe: string,
    observations: readonly Observation[],
    parts: readonly string[],
    work: () => Promise<Value>,
  ): Promise<Value> {
    return remembered(this.#store, [...parts, this.#resultKey(recipe, observations)], work)
  }

  /** Git objects by name; they never change. git checks no hash when it reads one, so each repository is believed about itself only. */
  get objects(): ObjectCache {
    return {
      get: (name) => this.#store.get(keyOf('object', this.#anchor, name)),
      put: (name, content) => this.#store.put(keyOf('object', this.#anchor, name), content),
    }
  }

  /** The result of `work`, kept for as long as the git references do not change. @param state as `refState` returns it */
  async atReferences(state: string | undefined, work: () => Promise<string>): Promise<string> {
    return state === undefined ? work() : remembered(this.#store, ['references', state], work)
  }

  /** Counts a result that was used. */
  countHit(): void {
    this.#cache.countHit()
  }

  #result(key: string): KeptResult | undefined {
    const record = this.#store.get(key)
    return record === undefined
      ? undefined
      : decodeResult(record, this.#anchor, (digest) => this.#blob(digest))
  }

  /** The bytes with that sha256. They are checked against it: the name of the record alone proves nothing. */
  #blob(digest: string): Uint8Array | undefined {
    const shared = this.#blobs.get(digest)
    if (shared !== undefined) return shared
    const bytes = this.#store.get(keyOf('blob', digest))
    if (bytes === undefined || digestOf(bytes) !== digest) return undefined
    if (this.#blobBytes + bytes.byteLength <= MAX_BLOBS) {
      this.#blobs.set(digest, bytes)
      this.#blobBytes += bytes.byteLength
    }
    return bytes
  }

  #pathSets(recipe: string): string[] {
    return splitPathSets(this.#store.get(recipe))
  }

  #pathSetOf(observations: readonly Observation[]): string {
    return encodeQuestions(questionsOf(observations, this.#anchor))
  }

  #resultKey(recipe: string, observations: readonly Observation[]): string {
    return keyOf('result', recipe, answersText(observations, this.#anchor))
  }

  /** The key of the result that the tree leads to now. */
  #keyFor(recipe: string, pathSet: string, replay: Replay): string {
    return this.#resultKey(recipe, replay.ask(decodeQuestions(pathSet)))
  }

  async #openShared(): Promise<SharedResults | undefined> {
    const remote = this.#remote
    if (remote === undefined || remote.problem !== undefined) return undefined
    // Loaded only when a remote cache is configured.
    this.#shared ??= import('./remote/shared-results.ts').then(
      ({ SharedResults }) => new SharedResults(remote),
    )
    return this.#shared
  }

  #replay(view: TreeView): Replay {
    let replay = this.#replays.get(view)
    if (replay === undefined) {
      replay = new Replay(view, this.#anchor, (path) =>
        this.#whole === diskView ? this.#digests.digestOf(path) : digestOf(view.readFile(path)),
      )
      this.#replays.set(view, replay)
    }
    return replay
  }
}
