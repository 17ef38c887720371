import { chmod, copyFile, mkdir, readdir, readFile, readlink, stat, symlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'

/** Longer than any link target in a tree. PATH_MAX on Linux is 4096, but the targets stored as text are far shorter. */
const MAX_LINK_TEXT = 200

/**
 * Copies a tree to a new temporary folder and makes the copy writable, whatever the modes of the original. A tree
 * stored without symbolic links contains small text files with the link targets (as git writes them with
 * `core.symlinks` off); the copy has symbolic links instead.
 */
export async function copyTree(tree: string): Promise<TemporaryFolder> {
  const folder = await makeTemporaryFolder('by-hand')
  await copyInto(tree, folder.path)
  return folder
}

async function copyInto(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) {
      await copyInto(source, target)
      continue
    }
    const link = entry.isSymbolicLink() ? await readlink(source) : await linkStoredAsText(source)
    if (link === undefined) await copyWritable(source, target)
    else await symlink(link, target)
  }
}

/** The link target that a small text file contains, if a file or folder exists at that path. */
async function linkStoredAsText(file: string): Promise<string | undefined> {
  if ((await stat(file)).size > MAX_LINK_TEXT) return undefined
  const text = await readFile(file, 'utf8')
  if (!/^\.\.?\/[^\n]+$/u.test(text)) return undefined
  const target = await stat(resolve(dirname(file), text)).catch(() => undefined)
  return target === undefined ? undefined : text
}

async function copyWritable(source: string, target: string): Promise<void> {
  await copyFile(source, target)
  await chmod(target, 0o644)
}
