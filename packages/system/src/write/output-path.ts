import { readlinkSync } from 'node:fs'
import { isAbsolute, join, parse, resolve, sep } from 'node:path'

import { SystemFault } from '../system-fault.ts'
import { isWithin } from '../tree/is-within.ts'
import { OpenFolder } from './open-folder.ts'

/** Options of every function that changes the disk. */
export interface OutputOptions {
  /**
   * Absolute real paths of folders that may hold links which a stranger laid, such as the tree of a pull request. No
   * link in them is followed, wherever it leads, and nothing is written into a `.git` in them.
   */
  readonly guarded: readonly string[]
  /** The path as messages should show it; the path itself when absent. */
  readonly shown?: string | undefined
}

/** A name in an open folder: where an output goes. */
export interface OutputPlace {
  readonly folder: OpenFolder
  /** `.` for the root of the disk. */
  readonly name: string
}

/** As many as Linux follows. */
const MOST_LINKS = 40

interface Walk extends OutputOptions {
  /** The permission bits of folders that are made on the way; none is made when absent. */
  readonly make?: number | undefined
}

/**
 * Walks to the place of an output, and does something there. Links outside of the guarded folders are followed: they are
 * the user's own.
 *
 * @throws SystemFault `link-in-output` for a link, or a `.git`, in a guarded folder; what `node:fs` throws
 */
export function atPlace<Result>(path: string, walk: Walk, work: (place: OutputPlace) => Result): Result {
  const { guarded, shown = path, make } = walk
  let folder = OpenFolder.root(parse(resolve(path)).root)
  let links = 0
  try {
    let steps = stepsOf(resolve(path))
    for (;;) {
      const [name = '.', ...rest] = steps
      const isGuarded = guarded.some((guard) => isWithin(folder.real, guard))
      if (isGuarded && /^\.git$/iu.test(name)) throw refusal(shown, `${join(folder.real, name)} is git's own`)
      const entry = folder.look(name)
      if (entry?.isSymbolicLink() === true) {
        const target = readlinkSync(folder.at(name))
        if (isGuarded) throw refusal(shown, `${join(folder.real, name)} is a link to ${target}`)
        if (++links > MOST_LINKS) throw Object.assign(new Error(`ELOOP: ${path}`), { code: 'ELOOP' })
        if (isAbsolute(target)) {
          folder.close()
          folder = OpenFolder.root(parse(target).root)
        }
        steps = [...stepsOf(target), ...rest]
        continue
      }
      if (rest.length === 0) return work({ folder, name })
      if (entry === undefined && make !== undefined) folder.make(name, make)
      folder = folder.enter(name)
      steps = rest
    }
  } finally {
    folder.close()
  }
}

function stepsOf(path: string): string[] {
  const names = path.slice(parse(path).root.length).split(sep === '\\' ? /[/\\]/u : '/')
  return names.filter((name) => name !== '' && name !== '.')
}

function refusal(shown: string, reason: string): SystemFault {
  return new SystemFault({
    code: 'link-in-output',
    message: `${shown} is not written: ${reason}`,
    hint: 'outputs are not written through links inside of the tree, or into .git: remove the link, or choose another place',
  })
}
