import { blobsIn, decodeResult, encodeResult, type KeptResult } from '../kept-result.ts'
import { isAbove, joinPathSets, splitPathSets } from '../path-set.ts'
import type { RemoteStore } from './remote-store.ts'

/** What the remote cache needs from the cache of this machine. */
export interface LocalSide {
  /** The real path that the paths in records are relative to. */
  readonly anchor: string
  /** The key of the result that follows from a list of questions and the answers that the tree gives now. */
  readonly keyFor: (pathSet: string) => string
  /** The bytes with that sha256, where this machine has them. */
  readonly blob: (digest: string) => Uint8Array | undefined
}

/** Results on the remote cache, found in the same two steps as local ones: questions by recipe, results by answers. */
export class SharedResults {
  readonly #remote: RemoteStore
  /** Lists of questions by recipe, as the server returned them. */
  readonly #pathSets = new Map<string, Promise<readonly string[]>>()

  constructor(remote: RemoteStore) {
    this.#remote = remote
  }

  /** The result of the recipe for the answers of this tree; undefined when the server has none. */
  async find(recipe: string, local: () => Promise<LocalSide>): Promise<KeptResult | undefined> {
    const pathSets = await this.#listPathSets(recipe)
    if (pathSets.length === 0) return undefined
    const { anchor, keyFor, blob } = await local()
    for (const key of new Set(pathSets.map(keyFor))) {
      const record = await this.#remote.get(key)
      if (record === undefined) continue
      const missing = blobsIn(record).filter((digest) => blob(digest) === undefined)
      const contents = await Promise.all(missing.map(async (digest) => this.#remote.content(digest)))
      const fetched = new Map(missing.map((digest, index) => [digest, contents[index]]))
      const found = decodeResult(record, anchor, (digest) => fetched.get(digest) ?? blob(digest))
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Stores a result. Does nothing without the private key. @param pathSet the questions whose answers make `key` */
  async keep(
    { recipe, pathSet, key }: { readonly recipe: string; readonly pathSet: string; readonly key: string },
    result: KeptResult,
    anchor: string,
  ): Promise<void> {
    if (!this.#remote.canWrite) return
    // Folders above the anchor are left out: they tell where the tree is on this machine.
    const observations = result.observations.filter(({ path }) => !isAbove(path, anchor))
    await this.#remote.put(key, encodeResult({ ...result, observations }, anchor), result.blobs)
    const known = await this.#listPathSets(recipe)
    if (known[0] === pathSet) return
    // Written last, so that whoever finds the questions also finds the result.
    await this.#remote.put(recipe, joinPathSets(pathSet, known), new Map())
  }

  async #listPathSets(recipe: string): Promise<readonly string[]> {
    let listed = this.#pathSets.get(recipe)
    if (listed === undefined) {
      listed = this.#remote.get(recipe).then(splitPathSets)
      this.#pathSets.set(recipe, listed)
    }
    return listed
  }
}
