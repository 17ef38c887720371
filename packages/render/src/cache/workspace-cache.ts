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

/** How many bytes of files are kept in memory, since many overlays have the same ones. */
const MAX_BLOBS = 64 * 1024 * 1024

/**
 * What is kept of one workspace. A lookup has two steps, because it is unknown what a render asks before it has run: the recipe
 * (all that is known before) leads to the lists of questions that earlier renders asked; a list together with the answers
 * that the tree gives now is the key of the result. So a result is found only where every question has the same answer,
 * and where a render has the same answers it asks the same questions and comes to the same result.
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
   * @returns undefined where nothing is kept
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

  /** What came of the recipe in a tree that gives the same answers as this one; undefined when that is not kept. */
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

  /** The same from the remote cache; undefined where there is none. */
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
    // Last: who finds the questions finds the result, too.
    if (before[0] !== pathSet) this.#store.put(recipe, joinPathSets(pathSet, before))
  }

  /** Keeps a result on the remote cache, where there is one that takes it. */
  async share(recipe: string, result: KeptResult): Promise<void> {
    const { observations } = result
    const place = {
      recipe,
      pathSet: this.#pathSetOf(observations),
      key: this.#resultKey(recipe, observations),
    }
    await (await this.#openShared())?.keep(place, result, this.#anchor)
  }

  /** What else follows from the recipe and the answers: what `work` gives, from an earlier run where that is kept. */
  async remember<Value>(
    recipe: string,
    observations: readonly Observation[],
    parts: readonly string[],
    work: () => Promise<Value>,
  ): Promise<Value> {
    return remembered(this.#store, [...parts, this.#resultKey(recipe, observations)], work)
  }

  /** What git said of objects, which never change. */
  get objects(): ObjectCache {
    return {
      get: (name) => this.#store.get(keyOf('object', name)),
      put: (name, content) => this.#store.put(keyOf('object', name), content),
    }
  }

  /** What `work` gives as long as git's references are as they are; `state` as `refState` gives it. */
  async atReferences(state: string | undefined, work: () => Promise<string>): Promise<string> {
    return state === undefined ? work() : remembered(this.#store, ['references', state], work)
  }

  /** Tells the cache that a result was of use. */
  countHit(): void {
    this.#cache.countHit()
  }

  #result(key: string): KeptResult | undefined {
    const record = this.#store.get(key)
    return record === undefined
      ? undefined
      : decodeResult(record, this.#anchor, (digest) => this.#blob(digest))
  }

  /** The bytes of that sha256, checked by it: what a record is called is its word alone. */
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
    // What talks to servers is loaded when there is one.
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
