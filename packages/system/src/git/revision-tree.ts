import { dirname, relative } from 'node:path'

import { throwIfAborted } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'
import { diskView } from '../tree/disk-view.ts'
import { type TreeView, viewError } from '../tree/tree-view.ts'
import { BlobReader } from './blob-reader.ts'
import { checkedOutFiles } from './checked-out-files.ts'
import { lfsContent, lfsDigest } from './lfs-content.ts'
import type { GitRepository } from './open-repository.ts'
import { LINK, type TreeEntry, TreeListing } from './tree-listing.ts'

/** A cache of git objects. Entries never expire, because objects never change. */
export interface ObjectCache {
  get(name: string): Uint8Array | undefined
  put(name: string, content: Uint8Array): void
}

export interface RevisionOptions {
  readonly signal?: AbortSignal | undefined
  /** No cache when absent. */
  readonly memory?: ObjectCache | undefined
}

/** Where the files of a commit come from. */
interface Source {
  readonly repository: GitRepository
  readonly blobs: BlobReader
  readonly memory: ObjectCache | undefined
  /** Whether the work tree has the file as a checkout would write it; undefined when git converts no file. */
  readonly isCheckedOut: ((path: string) => boolean) | undefined
}

/** How many blobs are prefetched. */
const MAX_AHEAD = 2000

/**
 * The files of a commit, at their paths in the work tree; nothing is checked out, and no filter runs. A file that git
 * converts, such as its line ends, has the bytes of the work tree if it is the same there, else those of the commit.
 * Submodules are missing. Files of git LFS are pointers, unless the repository has their content. Views are synchronous but git is not, so reading a file that is not fetched yet fails: `settle` then
 * fetches the missing files and runs the work again.
 */
export class RevisionTree {
  readonly view: TreeView
  /** Whether git may convert some files when it checks them out, such as their line ends. */
  readonly convertsFiles: boolean
  readonly #commit: string
  readonly #repository: GitRepository
  readonly #blobs: BlobReader
  readonly #memory: ObjectCache | undefined
  readonly #contents = new Map<string, Uint8Array | undefined>()
  /** The ids in the cache. */
  readonly #remembered = new Set<string>()
  readonly #listing: TreeListing
  readonly #wanted = new Set<TreeEntry>()

  private constructor(
    commit: string,
    listing: TreeListing,
    { repository, blobs, memory, isCheckedOut }: Source,
    links: ReadonlyMap<string, string>,
  ) {
    this.#commit = commit
    this.#repository = repository
    this.#listing = listing
    this.#blobs = blobs
    this.#memory = memory
    this.convertsFiles = isCheckedOut !== undefined
    const linkOf = (entry: TreeEntry | 'folder' | undefined): string | undefined =>
      entry === undefined || entry === 'folder' || entry.mode !== LINK ? undefined : links.get(entry.id)
    this.view = {
      commit,
      kindOf(path) {
        const entry = listing.at(path)
        if (entry === undefined || entry === 'folder') return entry
        return linkOf(entry) === undefined ? 'file' : 'link'
      },
      readLink(path) {
        const link = linkOf(listing.at(path))
        if (link === undefined) throw viewError('EINVAL', path)
        return link
      },
      readFile: (path) => {
        const entry = listing.at(path)
        if (entry === undefined) throw viewError('ENOENT', path)
        if (entry === 'folder' || linkOf(entry) !== undefined) throw viewError('ENOTFILE', path)
        return isCheckedOut?.(path) === true ? diskView.readFile(path) : this.#content(entry)
      },
      list: (path) => [...listing.childrenOf(path).keys()].sort(),
    }
  }

  /**
   * @param commit a full hash
   * @param near a folder of the work tree, whose files are fetched first
   * @throws SystemFault `git-refused` when the repository lacks the commit's tree
   */
  static async open(
    repository: GitRepository,
    commit: string,
    near: string,
    { signal, memory }: RevisionOptions = {},
  ): Promise<RevisionTree> {
    const known = memory?.get(`tree ${commit}`)
    const bytes = known ?? (await listTree(repository, commit, signal))
    const listing = new TreeListing(bytes, repository.workTree)
    const blobs = new BlobReader(repository)
    try {
      const texts = await readTexts(listing.links(), blobs, memory)
      const attributes = await readTexts(listing.named('.gitattributes'), blobs, memory)
      const isCheckedOut = await checkedOutFiles(repository, commit, {
        texts: [...attributes.values()],
        signal,
      })
      const tree = new RevisionTree(commit, listing, { repository, blobs, memory, isCheckedOut }, texts)
      // With a cached listing the files are usually cached, too.
      if (known === undefined) await tree.#fetch(ahead(listing, near))
      if (known === undefined) memory?.put(`tree ${commit}`, bytes)
      return tree
    } catch (error) {
      blobs.dispose()
      throw error
    }
  }

  /**
   * Runs the work, and repeats it until every file that it reads has been fetched.
   *
   * @throws SystemFault `git-incomplete` for a file that the repository lacks, and whatever the work throws
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
      // Usually the next reads are in the same folder.
      await this.#fetch([...wanted, ...[...folders].flatMap((folder) => this.#listing.filesIn(folder))])
      for (const entry of wanted) this.#requireContent(entry)
    }
  }

  dispose(): void {
    this.#blobs.dispose()
  }

  /** The content of a file. git LFS keeps that of its pointers elsewhere in the repository. */
  #content(entry: TreeEntry): Uint8Array {
    const bytes = this.#read(entry)
    const digest = lfsDigest(bytes)
    return (digest === undefined ? undefined : lfsContent(this.#repository.gitFolder, digest)) ?? bytes
  }

  #read(entry: TreeEntry): Uint8Array {
    const { id, path } = entry
    const content = this.#contents.get(id) ?? this.#recall(id)
    if (content === undefined) {
      this.#wanted.add(entry)
      throw viewError('EAGAIN', path)
    }
    // Only files that were read are cached, not prefetched ones.
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
    // git exits at the first missing object of a partial clone: the objects after it are requested again.
    if (this.#contents.get(id) !== undefined || !this.#contents.has(id)) return
    throw new SystemFault({
      code: 'git-incomplete',
      message: `git cannot read the files of ${this.#commit.slice(0, 12)}: the repository lacks the content of ${relative(this.#repository.workTree, path)}`,
      hint: `it is a partial clone, and overlay-render fetches nothing: git diff --stat ${this.#commit.slice(0, 12)} fetches what differs, git cat-file -p ${id.slice(0, 12)} this file alone`,
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
      hint: 'a shallow or partial clone lacks some commits or folders: fetch them; overlay-render fetches nothing',
      verbose: stderr,
    })
  }
  return stdout
}

/** The contents of links and small files by id, except those that the repository lacks. */
async function readTexts(
  entries: readonly TreeEntry[],
  blobs: BlobReader,
  memory: ObjectCache | undefined,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  const unknown: string[] = []
  for (const id of idsOf(entries)) {
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

/** The entries to prefetch: those below the folder, then those beside it, such as base configs. */
function ahead(listing: TreeListing, near: string): TreeEntry[] {
  return [...listing.below(near, MAX_AHEAD), ...listing.below(dirname(near), MAX_AHEAD)].slice(0, MAX_AHEAD)
}
