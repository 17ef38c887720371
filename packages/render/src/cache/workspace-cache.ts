import { diskView, digestOf, type TreeView } from '@overlay-render/system'

import type { Boundary } from '../boundary.ts'
import { DigestIndex } from './digest-index.ts'
import { keyOf } from './key.ts'
import { decodeResult, encodeResult, type KeptResult } from './kept-result.ts'
import { answersText, decodeQuestions, encodeQuestions, questionsOf, Replay } from './path-set.ts'
import type { RecordStore } from './record-store.ts'
import type { RenderCache } from './render-cache.ts'

/** Lists of questions that are kept for one recipe: of the states that a tree was in lately. */
const MOST_PATH_SETS = 8

/** How many bytes of files are kept in memory, since many overlays have the same ones. */
const MOST_SHARED = 64 * 1024 * 1024

/**
 * What is kept of one workspace. A lookup has two steps, because nobody knows what a render asks before it ran: the recipe
 * (all that is known before) leads to the lists of questions that earlier renders asked; a list together with the answers
 * that the tree gives now is the key of the result. So a result is found only where every question has the same answer,
 * and where a render has the same answers it asks the same questions and comes to the same result.
 */
export class WorkspaceCache {
  readonly tool: string
  readonly #cache: RenderCache
  readonly #store: RecordStore
  readonly #anchor: string
  readonly #digests: DigestIndex
  readonly #whole: TreeView
  readonly #replays = new Map<TreeView, Replay>()
  readonly #shared = new Map<string, Uint8Array>()
  #sharedBytes = 0

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
      : new WorkspaceCache(store, anchor, whole, cache)
  }

  private constructor(store: RecordStore, anchor: string, whole: TreeView, cache: RenderCache) {
    this.tool = cache.tool
    this.#cache = cache
    this.#store = store
    this.#anchor = anchor
    this.#whole = whole
    this.#digests = new DigestIndex(store, anchor)
    if (whole === diskView) cache.track(this.#digests)
  }

  /** What came of the recipe in a tree that gives the same answers as this one; undefined when that is not kept. */
  async find(recipe: string, view: () => Promise<TreeView>): Promise<KeptResult | undefined> {
    const pathSets = this.#pathSets(recipe)
    if (pathSets.length === 0) return undefined
    const replay = this.#replay(await view())
    for (const pathSet of pathSets) {
      const answers = answersText(replay.ask(decodeQuestions(pathSet)), this.#anchor)
      const found = this.#result(keyOf('result', recipe, answers))
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Keeps a result for the next run that asks the same questions and gets the same answers. */
  keep(recipe: string, result: KeptResult): void {
    const { observations, blobs } = result
    for (const [digest, bytes] of blobs) {
      const key = keyOf('blob', digest)
      if (this.#blob(digest) === undefined) this.#store.put(key, bytes)
    }
    const key = keyOf('result', recipe, answersText(observations, this.#anchor))
    this.#store.put(key, encodeResult(result, this.#anchor))
    // Last: who finds the questions finds the result, too.
    this.#keepPathSet(recipe, encodeQuestions(questionsOf(observations, this.#anchor)))
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
    const shared = this.#shared.get(digest)
    if (shared !== undefined) return shared
    const bytes = this.#store.get(keyOf('blob', digest))
    if (bytes === undefined || digestOf(bytes) !== digest) return undefined
    if (this.#sharedBytes + bytes.byteLength <= MOST_SHARED) {
      this.#shared.set(digest, bytes)
      this.#sharedBytes += bytes.byteLength
    }
    return bytes
  }

  #pathSets(recipe: string): string[] {
    const record = this.#store.get(recipe)
    return record === undefined ? [] : record.toString('utf8').split('\0\0')
  }

  #keepPathSet(recipe: string, pathSet: string): void {
    const before = this.#pathSets(recipe)
    if (before[0] === pathSet) return
    const after = [pathSet, ...before.filter((other) => other !== pathSet)].slice(0, MOST_PATH_SETS)
    this.#store.put(recipe, Buffer.from(after.join('\0\0')))
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
