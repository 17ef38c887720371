import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'

import { errnoOf } from '../system-fault.ts'

/** A handle that only names a folder, so that one that may be searched but not listed can be held. Node has no name for it. */
const O_PATH = 0o10000000

const HOLDS_FOLDERS = process.platform === 'linux' && existsSync('/proc/self/fd')

/**
 * A folder of the disk, entered name by name from the root, so that no link was followed on the way. On Linux it is held
 * open, and what is done in it happens in that very folder, whatever its path names by now. Elsewhere Node has no
 * such way: a program that swaps a folder for a link between the check and the write wins.
 */
export class OpenFolder {
  /** Its real path. */
  readonly real: string
  #handle: number | undefined

  private constructor(real: string, handle: number | undefined) {
    this.real = real
    this.#handle = handle
  }

  static root(path: string): OpenFolder {
    return new OpenFolder(path, HOLDS_FOLDERS ? openSync(path, O_PATH | constants.O_DIRECTORY) : undefined)
  }

  /** The path for a function of `node:fs` that works on the entry `name`. It is good until `close`. */
  at(name: string): string {
    return this.#handle === undefined ? join(this.real, name) : `/proc/self/fd/${this.#handle}/${name}`
  }

  /** What is there under `name`, links not followed; undefined when nothing is. */
  look(name: string): Stats | undefined {
    return lstatSync(this.at(name), { throwIfNoEntry: false })
  }

  /** The folder `name` in this one, which is closed. `..` is the folder above. Throws when it is a link. */
  enter(name: string): OpenFolder {
    const real = name === '..' ? dirname(this.real) : join(this.real, name)
    try {
      if (this.#handle !== undefined) {
        const flags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW
        return new OpenFolder(real, openSync(this.at(name), flags))
      }
      if (this.look(name)?.isDirectory() === true) return new OpenFolder(real, undefined)
      throw Object.assign(new Error(`ENOTDIR: not a directory, ${real}`), { code: 'ENOTDIR' })
    } finally {
      this.close()
    }
  }

  /** Makes the folder `name` when nothing is there. */
  make(name: string, mode: number): void {
    try {
      mkdirSync(this.at(name), { mode })
    } catch (error) {
      // Another process made it in the meantime.
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }
}
