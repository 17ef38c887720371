import { resolve } from 'node:path'

import { isWithin, type Observation } from '@overlay-render/system'

import { BASELINE_FILE } from '../check/kept-baseline.ts'
import { CONFIG_FILE, LOCK_FILE } from '../workspace-config.ts'
import type { BaseSide, ReviewSide } from './review-side.ts'

/** The changed files that a review did not look at. */
export interface FilesInNoOverlay {
  readonly count: number
  /** Relative to the workspace, sorted; at most the first 100. */
  readonly files: readonly string[]
}

const MAX_FILES = 100

/** What the overlays read on each side, by name. */
export type Observed = Readonly<Record<'was' | 'is', ReadonlyMap<string, readonly Observation[]>>>

/**
 * The changed files that no render of an overlay asks about, before or after the change. Files of the workspace itself are left out: its
 * settings, goldens, and the files of Prow that a review compares.
 *
 * @param changed absolute paths
 */
export function filesInNoOverlay(
  changed: readonly string[],
  { was, is }: Observed,
  sides: readonly [BaseSide, ReviewSide],
): FilesInNoOverlay {
  const touched = new Set([...was.values(), ...is.values()].flat().map(({ path }) => path))
  const [, after] = sides
  // What an overlay reads that cannot be read is unknown. Its own files belong to it all the same.
  const unread = after.overlays.filter(({ name }) => !is.has(name)).map(({ folder }) => folder)
  const own = [...sides.flatMap(ownPaths), ...unread]
  const files = changed.filter((path) => !touched.has(path) && !own.some((place) => isWithin(path, place)))
  return { count: files.length, files: files.slice(0, MAX_FILES).map((path) => after.shown(path)) }
}

function ownPaths({ folder, config: { golden, prow } }: ReviewSide): string[] {
  const { jobs, config, plugins } = prow
  const names = [CONFIG_FILE, LOCK_FILE, BASELINE_FILE, golden.path, ...jobs, config, plugins]
  return names.flatMap((name) => (name === undefined ? [] : [resolve(folder, name)]))
}
