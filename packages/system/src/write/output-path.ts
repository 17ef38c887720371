import { readlinkSync } from 'node:fs'
import { isAbsolute, join, parse, resolve, sep } from 'node:path'

import { SystemFault } from '../system-fault.ts'
import { isWithin } from '../tree/is-within.ts'
import { OpenFolder } from './open-folder.ts'

/** Options of every function that writes or removes files. */
export interface OutputOptions {
  /**
   * Absolute real paths of folders that may contain a stranger's links, such as the tree of a pull request. Links in them
   * are never followed, and nothing is written into a `.git` in them.
   */
  readonly guarded: readonly string[]
  /** The path in messages; the path itself when absent. */
  readonly shown?: string | undefined
}

/** The folder and name that an output is written to. */
export interface OutputTarget {
  readonly folder: OpenFolder
  /** `.` for the root of the disk. */
  readonly name: string
}

/** Linux follows as many. */
const MAX_LINKS = 40

interface TargetOptions extends OutputOptions {
  /** Permission bits for missing parent folders; they are not created when absent. */
  readonly make?: number | undefined
}

/**
 * Opens the folder of an output, and calls `work` with it. Links outside of the guarded folders are followed: they belong
 * to the user.
 *
 * @throws SystemFault `link-in-output` for a link, or a `.git`, in a guarded folder; what `node:fs` throws
 */
export function withOutputTarget<Result>(
  path: string,
  options: TargetOptions,
  work: (target: OutputTarget) => Result,
): Result {
  const { guarded, shown = path, make } = options
  let folder = OpenFolder.root(parse(resolve(path)).root)
  let links = 0
  try {
    let steps = stepsOf(resolve(path))
    for (;;) {
      const [name = '.', ...rest] = steps
      const isGuarded = guarded.some((guard) => isWithin(folder.real, guard))
      if (isGuarded && /^\.git$/iu.test(name))
        throw refusal(shown, `${join(folder.real, name)} belongs to git`)
      const entry = folder.look(name)
      if (entry?.isSymbolicLink() === true) {
        const target = readlinkSync(folder.at(name))
        if (isGuarded) throw refusal(shown, `${join(folder.real, name)} is a link to ${target}`)
        if (++links > MAX_LINKS) throw Object.assign(new Error(`ELOOP: ${path}`), { code: 'ELOOP' })
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
    message: `${shown} was not written: ${reason}`,
    hint: 'outputs are not written through links inside the tree or into .git: remove the link, or choose another path',
  })
}
