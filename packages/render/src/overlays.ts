import { basename, join, relative, resolve } from 'node:path'

import { diskView, LinkFollower, nearestNames, type Position } from '@overlay-render/system'

import { RenderFault } from './render-fault.ts'
import type { OverlaySettings, WorkspaceConfig } from './workspace-config.ts'

/** A kustomize root that is deployed to one environment. */
export interface Overlay {
  /** Its folder's name, or its path in the workspace when two folders have that name. */
  readonly name: string
  /** Absolute. */
  readonly folder: string
  /** Relative to the workspace, with forward slashes. */
  readonly path: string
  readonly settings: OverlaySettings
}

const NO_SETTINGS: OverlaySettings = { extends: undefined, templates: [], values: new Map(), edits: [] }

/**
 * Finds the overlays of a workspace by its globs, sorted by name.
 *
 * @throws RenderFault `overlay-unknown` when `settings` names an overlay that is not there
 */
export async function findOverlays(workspace: string, config: WorkspaceConfig): Promise<Overlay[]> {
  const paths = await matchFolders(workspace, config.overlays)
  const isUnique = (path: string): boolean =>
    paths.filter((other) => basename(other) === basename(path)).length === 1
  const named = paths.map((path) => ({ path, name: isUnique(path) ? basename(path) : path }))
  const names = named.map(({ name }) => name)
  for (const [name, { position }] of config.settings) {
    if (!named.some((overlay) => overlay.name === name || overlay.path === name)) {
      throw unknownOverlay(name, names, position)
    }
  }
  return named
    .map(({ name, path }) => ({
      name,
      path,
      folder: resolve(workspace, path),
      settings: config.settings.get(name) ?? config.settings.get(path) ?? NO_SETTINGS,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The overlay of that name or path.
 *
 * @throws RenderFault `overlay-unknown`, with the nearest names, or `overlay-ambiguous`
 */
export function pickOverlay(overlays: readonly Overlay[], given: string, position?: Position): Overlay {
  const wanted = given.replace(/^\.\//, '').replace(/\/+$/, '')
  const found = overlays.find(({ name, path }) => name === wanted || path === wanted)
  if (found !== undefined) return found
  const alike = overlays.filter(({ path }) => basename(path) === wanted)
  if (alike.length > 1) {
    throw new RenderFault({
      code: 'overlay-ambiguous',
      message: `${given} names ${alike.length} overlays`,
      position,
      hint: `name one by its path: ${alike.map(({ path }) => path).join(', ')}`,
    })
  }
  throw unknownOverlay(
    given,
    overlays.map(({ name }) => name),
    position,
  )
}

function unknownOverlay(given: string, names: readonly string[], position?: Position): RenderFault {
  const near = nearestNames(given, names)
  const hint =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : names.length > 0
        ? `the overlays here are ${names.join(', ')}`
        : 'no overlay was found here: check `overlays` in overlay-render.yaml'
  return new RenderFault({
    code: 'overlay-unknown',
    message: `there is no overlay ${given || "''"}`,
    position,
    hint,
  })
}

async function matchFolders(workspace: string, globs: readonly string[]): Promise<string[]> {
  const isGlob = (pattern: string): boolean => /[*?[\]{}!()]/.test(pattern)
  const plain = globs
    .filter((pattern) => !isGlob(pattern))
    .map((path) => relative(workspace, join(workspace, path)) || '.')
  const patterns = globs.filter(isGlob)
  const matched = patterns.length === 0 ? [] : await glob(workspace, patterns)
  const disk = new LinkFollower(diskView)
  return [...new Set([...plain, ...matched])].filter((path) => disk.isFolder(join(workspace, path))).sort()
}

async function glob(cwd: string, patterns: readonly string[]): Promise<string[]> {
  const { globby } = await import('globby')
  // The user's ignore files have no say in which overlays there are.
  return globby([...patterns], { cwd, onlyDirectories: true, gitignore: false })
}
