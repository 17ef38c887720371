import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { errnoOf, writeAtomically } from '@overlay-render/system'

import type { RenderedConfig } from './rendered.ts'
import type { SecretMode } from './workspace-config.ts'

/** A file that a render wrote. */
export interface WrittenFile {
  /** Absolute. */
  readonly path: string
  readonly bytes: number
}

export interface OutputContent {
  readonly overlay: string
  readonly manifests: Uint8Array | undefined
  readonly configs: readonly RenderedConfig[]
  readonly secrets: SecretMode
}

/**
 * Writes a render below `folder`: `<overlay>/manifests.yaml` and `<overlay>/configs/…`, kept out of git by a
 * `.gitignore`. With real secrets the manifests are readable by their owner alone. Configs of an earlier
 * render that are no longer made are removed.
 *
 * @throws SystemFault `not-writable` or `disk-full`
 */
export async function writeOutputs(
  folder: string,
  { overlay, manifests, configs, secrets }: OutputContent,
  shown: (path: string) => string,
): Promise<WrittenFile[]> {
  const target = join(folder, ...overlay.split('/'))
  const files = configs.map(({ path, bytes }) => ({
    path: join(target, 'configs', path),
    data: bytes,
    mode: 0o644,
  }))
  if (manifests !== undefined) {
    files.push({
      path: join(target, 'manifests.yaml'),
      data: manifests,
      mode: secrets === 'real' ? 0o600 : 0o644,
    })
  }
  const isOurs = await keepOutOfGit(folder, target, shown)
  for (const { path, data, mode } of files) await writeAtomically(path, data, { mode, shown: shown(path) })
  if (isOurs) await removeStale(join(target, 'configs'), new Set(files.map(({ path }) => path)))
  return files.map(({ path, data }) => ({ path, bytes: data.byteLength }))
}

const MARK = '# Made by overlay-render: this folder holds rendered output.\n*\n'

/**
 * Lays the `.gitignore`: in the output folder when that is new, empty or already ours; in the overlay's own
 * folder when somebody keeps other files there. Returns whether the overlay's folder held our mark before.
 */
async function keepOutOfGit(
  folder: string,
  target: string,
  shown: (path: string) => string,
): Promise<boolean> {
  if ((await isMarked(folder)) || (await isMarked(target))) return true
  const home = (await namesIn(folder)).length === 0 ? folder : target
  const path = join(home, '.gitignore')
  await writeAtomically(path, MARK, { shown: shown(path) })
  return false
}

async function isMarked(folder: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, '.gitignore'), 'utf8')) === MARK
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

async function removeStale(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder, { recursive: true })) {
    const path = join(folder, name)
    if (![...kept].some((file) => file === path || file.startsWith(`${path}/`))) {
      await rm(path, { recursive: true, force: true })
    }
  }
}

async function namesIn(
  folder: string,
  options: { recursive: boolean } = { recursive: false },
): Promise<string[]> {
  try {
    return await readdir(folder, options)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR'
}
