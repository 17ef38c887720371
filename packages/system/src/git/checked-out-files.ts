import { join } from 'node:path'

import { diskView } from '../tree/disk-view.ts'
import { errnoOf } from '../system-fault.ts'
import { changedFiles } from './changed-files.ts'
import type { GitRepository } from './open-repository.ts'

/** Attributes with which a file in a work tree has other bytes than in git (gitattributes(5)). */
const CONVERSION = /^[^#\n]*\s(?:eol=|ident\b|filter=|working-tree-encoding=|crlf\b)/mu

/** Settings with which every text file may have. */
const SETTINGS = '^core\\.(autocrlf|eol|attributesfile)$'

/** A file of settings without a match has none of them, and includes no other file. */
const MENTION = /autocrlf|eol|attributesfile|include/iu

export interface AttributeSources {
  /** The texts of all `.gitattributes` of the commit. */
  readonly texts: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Whether the work tree has the file as a checkout of the commit would write it: git converts some files, and says that they have not
 * changed. No filter runs for that.
 *
 * @param commit a full hash
 * @returns undefined when git converts no file, so that files have the bytes of the commit
 */
export async function checkedOutFiles(
  repository: GitRepository,
  commit: string,
  { texts, signal }: AttributeSources,
): Promise<((path: string) => boolean) | undefined> {
  if (!(await mayConvert(repository, texts, signal))) return undefined
  const changed = await changedFiles(repository, commit, signal)
  if (changed === undefined) return undefined
  const others = new Set(changed)
  return (path) => !others.has(path) && diskView.kindOf(path) === 'file'
}

/** Whether a `.gitattributes` with the text may make git write other bytes to a work tree than it has. */
export function mayConvertFiles(text: string): boolean {
  return CONVERSION.test(text)
}

async function mayConvert(
  repository: GitRepository,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { attributes, settings } = placesOf(repository)
  if ([...texts, ...attributes.map(readText)].some(mayConvertFiles)) return true
  // git is asked only if a file of settings may say so: it need not start for what is in the cache.
  if (!settings.map(readText).some((text) => MENTION.test(text)) && process.platform !== 'win32') return false
  const { stdout } = await repository.run('config', ['--get-regexp', SETTINGS], { signal })
  return Buffer.from(stdout)
    .toString()
    .split('\n')
    .some((line) => line !== '' && !/^core\.(?:autocrlf (?:false|input)|eol (?:lf|native))$/u.test(line))
}

/** The files of attributes outside of the tree, and those of settings, as git finds them (git-config(1), FILES). */
function placesOf({ gitFolder }: GitRepository): Record<'attributes' | 'settings', readonly string[]> {
  const home = process.env['HOME'] ?? ''
  const own = join(process.env['XDG_CONFIG_HOME'] || join(home, '.config'), 'git')
  // A linked worktree shares the settings of the repository that it belongs to.
  const folders = [gitFolder, join(gitFolder, '../..')]
  return {
    attributes: [...folders.map((folder) => join(folder, 'info/attributes')), join(own, 'attributes')],
    settings: [
      ...folders.flatMap((folder) => [join(folder, 'config'), join(folder, 'config.worktree')]),
      join(home, '.gitconfig'),
      join(own, 'config'),
      '/etc/gitconfig',
    ],
  }
}

function readText(path: string): string {
  try {
    return Buffer.from(diskView.readFile(path)).toString('utf8')
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return ''
  }
}
