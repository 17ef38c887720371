import { basename, dirname, join, relative, sep } from 'node:path'

import { isWithin } from '../tree/is-within.ts'

/** A file or link of a commit. */
export interface TreeEntry {
  /** Absolute, in the work tree. */
  readonly path: string
  readonly mode: string
  readonly id: string
}

export const LINK = '120000'
const SUBMODULE = '160000'
const SLASH = 0x2f

/**
 * What `git ls-tree -r -z` prints: `<mode> <type> <id>\t<path>`, sorted by the bytes of whole paths. A folder is parsed when it is asked for, so
 * files elsewhere cost next to nothing, however many there are. Submodules are left out.
 */
export class TreeListing {
  readonly #bytes: Buffer
  readonly #workTree: string
  /** By absolute path. */
  readonly #folders = new Map<string, ReadonlyMap<string, TreeEntry | 'folder'>>()

  constructor(bytes: Uint8Array, workTree: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#workTree = workTree
  }

  /** What is at an absolute path. */
  at(path: string): TreeEntry | 'folder' | undefined {
    if (isWithin(this.#workTree, path)) return 'folder'
    return this.childrenOf(dirname(path)).get(basename(path))
  }

  /** What is in a folder, by name; nothing where there is no folder. */
  childrenOf(folder: string): ReadonlyMap<string, TreeEntry | 'folder'> {
    let children = this.#folders.get(folder)
    if (children === undefined) {
      children = this.#parse(folder)
      this.#folders.set(folder, children)
    }
    return children
  }

  /** The files and links that are in a folder itself. */
  filesIn(folder: string): TreeEntry[] {
    return [...this.childrenOf(folder).values()].filter((child) => child !== 'folder')
  }

  /** The files and links in a folder and below it, at most so many. */
  below(folder: string, most: number): TreeEntry[] {
    const found: TreeEntry[] = []
    const prefix = this.#prefixOf(folder)
    for (
      let at = this.#find(prefix);
      found.length < most && this.#startsWith(at, prefix);
      at = this.#next(at)
    ) {
      const entry = this.#entryAt(at)
      if (entry !== undefined) found.push(entry)
    }
    return found
  }

  /** Every file of that name, in any folder. */
  named(name: string): TreeEntry[] {
    const found: TreeEntry[] = []
    const end = Buffer.from(`${name}\0`)
    for (let at = this.#bytes.indexOf(end); at >= 0; at = this.#bytes.indexOf(end, at + 1)) {
      const start = this.#bytes.lastIndexOf(0, at) + 1
      const entry = this.#entryAt(start)
      if (entry !== undefined && basename(entry.path) === name) found.push(entry)
    }
    return found
  }

  /** Every link. */
  links(): TreeEntry[] {
    const mark = Buffer.from(`\0${LINK} `)
    const starts = this.#bytes.subarray(0, mark.length - 1).equals(mark.subarray(1)) ? [0] : []
    for (let at = this.#bytes.indexOf(mark); at >= 0; at = this.#bytes.indexOf(mark, at + 1))
      starts.push(at + 1)
    return starts.map((at) => this.#entryAt(at)).filter((entry) => entry !== undefined)
  }

  #parse(folder: string): ReadonlyMap<string, TreeEntry | 'folder'> {
    const children = new Map<string, TreeEntry | 'folder'>()
    if (folder !== this.#workTree && isWithin(this.#workTree, folder))
      return children.set(relative(folder, this.#workTree).split(sep)[0] ?? '', 'folder')
    if (!isWithin(folder, this.#workTree)) return children
    const prefix = this.#prefixOf(folder)
    let at = this.#find(prefix)
    for (; this.#startsWith(at, prefix);) {
      const path = this.#pathAt(at)
      const slash = path.indexOf(SLASH, prefix.length)
      const name = path.subarray(prefix.length, slash < 0 ? undefined : slash).toString()
      const child = slash < 0 ? this.#entryAt(at) : 'folder'
      if (child !== undefined) children.set(name, child)
      // After all that is below the folder: the character after a slash.
      at = slash < 0 ? this.#next(at) : this.#find(Buffer.concat([path.subarray(0, slash), AFTER_SLASH]))
    }
    return children
  }

  #prefixOf(folder: string): Buffer {
    const place = relative(this.#workTree, folder).replaceAll(sep, '/')
    return Buffer.from(place === '' ? '' : `${place}/`)
  }

  /** Where the first record begins whose path is not before `path`. */
  #find(path: Buffer): number {
    let [low, high] = [0, this.#bytes.length]
    for (; low < high;) {
      const middle = (low + high) >>> 1
      const start = middle === 0 ? 0 : this.#bytes.lastIndexOf(0, middle - 1) + 1
      if (Buffer.compare(this.#pathAt(start), path) < 0) low = this.#next(start)
      else high = start
    }
    return low
  }

  #next(at: number): number {
    return this.#endOf(at) + 1
  }

  #endOf(at: number): number {
    const end = this.#bytes.indexOf(0, at)
    return end < 0 ? this.#bytes.length : end
  }

  #pathAt(at: number): Buffer {
    return this.#bytes.subarray(this.#bytes.indexOf(TAB, at) + 1, this.#endOf(at))
  }

  #startsWith(at: number, prefix: Buffer): boolean {
    return at < this.#bytes.length && this.#pathAt(at).subarray(0, prefix.length).equals(prefix)
  }

  /** Undefined for a submodule. */
  #entryAt(at: number): TreeEntry | undefined {
    const head = this.#bytes.toString('latin1', at, this.#bytes.indexOf(TAB, at))
    const [mode = '', , id = ''] = head.split(' ')
    return mode === SUBMODULE
      ? undefined
      : { path: join(this.#workTree, this.#pathAt(at).toString()), mode, id }
  }
}

const TAB = 0x09
const AFTER_SLASH = Buffer.from([SLASH + 1])
