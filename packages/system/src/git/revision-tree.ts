import { dirname, join, relative } from 'node:path'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'
import { isWithin } from '../tree/is-within.ts'
import { type MemoryEntry, memoryView } from '../tree/memory-view.ts'
import { type TreeView, viewError } from '../tree/tree-view.ts'
import { BlobReader } from './blob-reader.ts'
import type { GitRepository } from './open-repository.ts'

interface TreeEntry {
  readonly path: string
  readonly mode: string
  readonly id: string
}

/** What a repository said before. Objects never change, so that holds for good. */
export interface ObjectMemory {
  get(name: string): Uint8Array | undefined
  put(name: string, content: Uint8Array): void
}

export interface RevisionOptions {
  readonly signal?: AbortSignal | undefined
  /** Nothing is remembered when absent. */
  readonly memory?: ObjectMemory | undefined
}

/** Where the files of a commit come from. */
interface Source {
  readonly workTree: string
  readonly blobs: BlobReader
  readonly memory: ObjectMemory | undefined
}

/** As many blobs as are fetched before anybody has asked for them. */
const MOST_AHEAD = 2000

const LINK = '120000'
const SUBMODULE = '160000'

/**
 * The files of a commit, where the work tree has its own: nothing is checked out. Submodules are not there, and what a
 * filter such as LFS keeps elsewhere is a pointer. Views are synchronous and git is not, so a file that was not fetched
 * yet cannot be read at once: `settle` fetches what was asked for in vain, and does the work again.
 */
export class RevisionTree {
  readonly view: TreeView
  readonly #commit: string
  readonly #workTree: string
  readonly #blobs: BlobReader
  readonly #memory: ObjectMemory | undefined
  readonly #contents = new Map<string, Uint8Array | undefined>()
  /** The ids of what the memory has. */
  readonly #remembered = new Set<string>()
  readonly #entries: readonly TreeEntry[]
  readonly #wanted = new Set<TreeEntry>()

  private constructor(
    commit: string,
    entries: readonly TreeEntry[],
    { workTree, blobs, memory }: Source,
    links: ReadonlyMap<string, string>,
  ) {
    this.#commit = commit
    this.#workTree = workTree
    this.#entries = entries
    this.#blobs = blobs
    this.#memory = memory
    const files = entries.map((entry): readonly [string, MemoryEntry] => {
      const link = links.get(entry.id)
      const isLink = entry.mode === LINK && link !== undefined
      return [entry.path, isLink ? { link } : { read: () => this.#read(entry) }]
    })
    this.view = { ...memoryView(new Map(files)), commit }
  }

  /**
   * @param commit a full hash  @param near a folder of the work tree: what is below it is fetched first
   * @throws SystemFault `git-refused` when the commit has no tree here
   */
  static async open(
    repository: GitRepository,
    commit: string,
    near: string,
    { signal, memory }: RevisionOptions = {},
  ): Promise<RevisionTree> {
    const known = memory?.get(`tree ${commit}`)
    const listing = known ?? (await listTree(repository, commit, signal))
    const entries = entriesOf(listing, repository.workTree)
    const blobs = new BlobReader(repository)
    try {
      const texts = await readLinks(entries, blobs, memory)
      const tree = new RevisionTree(commit, entries, { workTree: repository.workTree, blobs, memory }, texts)
      // What was read of it before is remembered, as a rule.
      if (known === undefined) await tree.#fetch(ahead(entries, near))
      if (known === undefined) memory?.put(`tree ${commit}`, listing)
      return tree
    } catch (error) {
      blobs.dispose()
      throw error
    }
  }

  /**
   * Does the work, again until it has asked for nothing that was not fetched.
   *
   * @throws SystemFault `git-incomplete` for a file that the repository does not have, and whatever the work throws
   */
  async settle<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    for (;;) {
      const done = await outcomeOf(work)
      throwIfAborted(signal)
      if (this.#wanted.size === 0) {
        if ('error' in done) throw done.error
        return done.result
      }
      const wanted = [...this.#wanted]
      this.#wanted.clear()
      const folders = new Set(wanted.map(({ path }) => dirname(path)))
      // What is beside a file is asked for next, as a rule.
      await this.#fetch([...wanted, ...this.#entries.filter(({ path }) => folders.has(dirname(path)))])
      for (const entry of wanted) this.#requireContent(entry)
    }
  }

  dispose(): void {
    this.#blobs.dispose()
  }

  #read(entry: TreeEntry): Uint8Array {
    const { id, path } = entry
    const content = this.#contents.get(id) ?? this.#recall(id)
    if (content === undefined) {
      this.#wanted.add(entry)
      throw viewError('EAGAIN', path)
    }
    // What was fetched and is not asked for is not remembered.
    if (!this.#remembered.has(id)) this.#memory?.put(`blob ${id}`, content)
    this.#remembered.add(id)
    return content
  }

  #recall(id: string): Uint8Array | undefined {
    const content = this.#memory?.get(`blob ${id}`)
    if (content === undefined) return undefined
    this.#remembered.add(id)
    this.#contents.set(id, content)
    return content
  }

  async #fetch(entries: readonly TreeEntry[]): Promise<void> {
    const ids = idsOf(entries).filter((id) => !this.#contents.has(id))
    for (const [id, content] of await this.#blobs.read(ids)) this.#contents.set(id, content)
  }

  #requireContent({ path, id }: TreeEntry): void {
    // What was asked for together with one that is missing may not have been looked for: it is asked for again.
    if (this.#contents.get(id) !== undefined || !this.#contents.has(id)) return
    throw new SystemFault({
      code: 'git-incomplete',
      message: `git cannot give the files of ${this.#commit.slice(0, 12)}: the repository does not have the content of ${relative(this.#workTree, path)}`,
      hint: `it is a partial clone, and overlay-render fetches nothing: fetch it with git cat-file -p ${id}`,
    })
  }
}

async function listTree(
  repository: GitRepository,
  commit: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const args = ['-r', '-z', '--full-tree', '--end-of-options', commit]
  const { exitCode, stdout, stderr } = await repository.run('ls-tree', args, { signal })
  if (exitCode !== 0) {
    throw new SystemFault({
      code: 'git-refused',
      message: `git cannot list the files of ${commit.slice(0, 12)}`,
      hint: 'a shallow or partial clone lacks some commits or folders: fetch all of it; overlay-render fetches nothing',
      verbose: stderr,
    })
  }
  return stdout
}

function entriesOf(listing: Uint8Array, workTree: string): TreeEntry[] {
  return Buffer.from(listing)
    .toString()
    .split('\0')
    .flatMap((line) => {
      // `<mode> <type> <id>\t<path>`
      const tab = line.indexOf('\t')
      const [mode = '', , id = ''] = line.slice(0, tab).split(' ')
      if (tab < 0 || mode === SUBMODULE) return []
      return { path: join(workTree, line.slice(tab + 1)), mode, id }
    })
}

/** The texts of links by id; one that the repository does not have is left out. */
async function readLinks(
  entries: readonly TreeEntry[],
  blobs: BlobReader,
  memory: ObjectMemory | undefined,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const unknown: string[] = []
  for (const id of idsOf(entries.filter(({ mode }) => mode === LINK))) {
    const bytes = memory?.get(`blob ${id}`)
    if (bytes === undefined) unknown.push(id)
    else texts.set(id, Buffer.from(bytes).toString())
  }
  for (const [id, bytes] of await blobs.read(unknown)) {
    if (bytes === undefined) continue
    texts.set(id, Buffer.from(bytes).toString())
    memory?.put(`blob ${id}`, bytes)
  }
  return texts
}

function idsOf(entries: readonly TreeEntry[]): string[] {
  return [...new Set(entries.map(({ id }) => id))]
}

async function outcomeOf<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | { readonly error: unknown }> {
  try {
    return { result: await work() }
  } catch (error) {
    return { error }
  }
}

/** What is below the folder, and then what is beside it, such as base configs. */
function ahead(entries: readonly TreeEntry[], near: string): TreeEntry[] {
  const below = entries.filter(({ path }) => isWithin(path, near))
  const beside = entries.filter(({ path }) => isWithin(path, dirname(near)) && !isWithin(path, near))
  return [...below, ...beside].slice(0, MOST_AHEAD)
}
