import { closeSync, constants, existsSync, lstatSync, mkdirSync, openSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'

import { errnoOf } from '../system-fault.ts'

/** Linux's open flag for a handle that needs only search permission on the folder. Node does not export it. */
const O_PATH = 0o10000000

const HOLDS_FOLDERS = process.platform === 'linux' && existsSync('/proc/self/fd')

/**
 * A folder opened component by component from the root, without following links. On Linux the folder stays open, so
 * operations act on it even if its path is replaced. On other systems Node cannot do that: a program that replaces a
 * folder with a link between the check and the write succeeds.
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

  /** The path of the entry `name` for functions of `node:fs`, valid until `close`. */
  at(name: string): string {
    return this.#handle === undefined ? join(this.real, name) : `/proc/self/fd/${this.#handle}/${name}`
  }

  /** The `Stats` of the entry `name`, without following links; undefined when it does not exist. */
  look(name: string): Stats | undefined {
    return lstatSync(this.at(name), { throwIfNoEntry: false })
  }

  /** Opens the folder `name` and closes this one. `..` is the parent. Throws when `name` is a link. */
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

  /** Creates the folder `name` unless it exists. */
  make(name: string, mode: number): void {
    try {
      mkdirSync(this.at(name), { mode })
    } catch (error) {
      // Another process has created it.
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }

  close(): void {
    if (this.#handle !== undefined) closeSync(this.#handle)
    this.#handle = undefined
  }
}
