import { accessSync, constants, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'

import { errnoOf, isWithin } from '@overlay-render/system'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The user's folder for files kept between runs: renders and installed kustomize binaries. Only the user's environment decides
 * where it is. The files of a workspace do not, since a pull request can change them. A relative XDG_CACHE_HOME is ignored, as the
 * XDG specification says.
 */
export function userFolder(
  env: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const xdg = env['XDG_CACHE_HOME']
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : platformFolder(env, platform)
  return join(base, 'overlay-render')
}

/** Where renders are kept between runs. */
export function cacheFolder(env?: Environment, platform?: NodeJS.Platform): string {
  return join(userFolder(env, platform), 'renders')
}

function platformFolder(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return (platform === 'win32' ? env['LOCALAPPDATA'] : undefined) ?? join(homedir(), '.cache')
}

/**
 * Creates the folder with mode 0700, and checks that nobody else can write to it.
 *
 * @param trees real paths of folders that a pull request can write to; no cache is kept there
 * @returns why the folder cannot be used, as the rest of a sentence that starts with its name; undefined when it can
 */
export function prepareFolder(folder: string, trees: readonly string[]): string | undefined {
  try {
    makeFolders(folder)
    const entry = lstatSync(folder)
    if (!entry.isDirectory()) return 'is not a folder'
    if (process.getuid !== undefined && entry.uid !== process.getuid()) return 'belongs to another user'
    if (process.platform !== 'win32' && (entry.mode & 0o022) !== 0) return 'can be written by other users'
    if (!isReadable(folder)) return 'cannot be read: permission is denied'
    const real = realpathSync(folder)
    const inTree = trees.some((tree) => isWithin(real, tree))
    return inTree ? 'is in the tree that is rendered, where a commit can write' : undefined
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === undefined) throw error
    return `cannot be made: ${REASONS[errno] ?? errno}`
  }
}

/** Not with the option `recursive`: Node then never ends where a file system answers ENOENT, as /proc and automounted folders do. */
function makeFolders(folder: string): void {
  const missing: string[] = []
  for (let at = folder; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at)
  for (const path of missing.toReversed()) {
    try {
      mkdirSync(path, { mode: 0o700 })
    } catch (error) {
      // Another process has made it.
      if (errnoOf(error) !== 'EEXIST') throw error
    }
  }
}

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
    return true
  } catch (error) {
    if (errnoOf(error) !== 'EACCES') throw error
    return false
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'its disk is read-only',
  ENOENT: 'no folder can be made there',
  ENOSPC: 'the disk is full',
  EEXIST: 'it is not a folder',
  ENOTDIR: 'what is above it is not a folder',
}
