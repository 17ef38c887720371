import { basename, resolve } from 'node:path'

import { listSome, nearestNames, type Position, type Tree } from '@overlay-render/system'

import { matchFolders } from './match-folders.ts'
import { RenderFault } from './render-fault.ts'
import type { OverlayLayout, OverlaySettings, WorkspaceConfig } from './workspace-config.ts'

/** A kustomize root that is deployed to one environment. */
export interface Overlay {
  /** The name of its folder; its path in the workspace when two folders share that name; `root` for the workspace itself. */
  readonly name: string
  /** The absolute path of its folder. */
  readonly folder: string
  /** Relative to the workspace, with forward slashes. */
  readonly path: string
  /** How its files become manifests: by kustomize, or as they are. */
  readonly layout: OverlayLayout
  readonly settings: OverlaySettings
}

const NO_SETTINGS: OverlaySettings = { extends: undefined, templates: [], values: new Map(), edits: [] }

/**
 * Finds the overlays of a workspace by its globs, sorted by name.
 *
 * @param tree nothing outside its boundary is read
 * @throws RenderFault `overlay-unknown` when `settings` names an unknown overlay; `overlays-unmatched` for a pattern that matches
 * nothing, `pattern-invalid` and `outside-boundary`
 */
export async function findOverlays(
  tree: Tree,
  workspace: string,
  config: WorkspaceConfig,
): Promise<Overlay[]> {
  return overlaysIn(await matchFolders(tree, workspace, config.overlays), workspace, config)
}

/**
 * The overlays in the folders that the globs match.
 *
 * @param matched the result of `matchFolders`
 * @param isOwn false when the configuration belongs to another state of the tree, so that it may name overlays that are not there
 * @throws RenderFault `overlay-unknown` when `settings` names an overlay that is not there
 */
export function overlaysIn(
  matched: Awaited<ReturnType<typeof matchFolders>>,
  workspace: string,
  config: WorkspaceConfig,
  { isOwn = true }: { readonly isOwn?: boolean } = {},
): Overlay[] {
  const paths = matched.map(([path]) => path)
  const isUnique = (path: string): boolean =>
    paths.filter((other) => folderName(other) === folderName(path)).length === 1
  const named = matched.map(([path, { layout }]) => ({
    path,
    name: isUnique(path) ? folderName(path) : path,
    layout,
  }))
  const names = named.map(({ name }) => name)
  for (const [name, { position }] of config.settings) {
    if (isOwn && !named.some((overlay) => overlay.name === name || overlay.path === name)) {
      throw unknownOverlay(name, names, position)
    }
  }
  return named
    .map(({ name, path, layout }) => ({
      name,
      path,
      layout,
      folder: resolve(workspace, path),
      settings: config.settings.get(name) ?? config.settings.get(path) ?? NO_SETTINGS,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The name of the overlay in a folder: the name of the folder; `root` for the workspace, whose folder name depends on where the
 * repository was cloned.
 *
 * @param path relative to the workspace
 */
export function folderName(path: string): string {
  return path === '.' ? 'root' : basename(path)
}

/**
 * Refuses a workspace without overlays, so that `--all` does not silently do nothing.
 *
 * @throws RenderFault `overlays-unmatched`
 */
export function requireSome({
  overlays,
  config,
}: {
  readonly overlays: readonly Overlay[]
  readonly config: WorkspaceConfig
}): void {
  if (overlays.length > 0) return
  if (config.prow.jobs.length > 0) {
    throw new RenderFault({
      code: 'overlays-unmatched',
      message: 'this workspace has no overlays, only Prow jobs: overlays/* matches no folder',
      hint: 'check the jobs with overlay-render jobs check; to render manifests, name their folders with `overlays` in overlay-render.yaml',
    })
  }
  throw new RenderFault({
    code: 'overlays-unmatched',
    message: 'this workspace has no overlays: overlays/* matches no folder',
    hint: 'make a folder in overlays/, or name the folders with `overlays` in overlay-render.yaml',
  })
}

/** In a hint. A tree can have hundreds of overlays. */
const MAX_LISTED = 12

/**
 * The overlay of that name or path.
 *
 * @throws RenderFault `overlay-unknown`, with the nearest names, or `overlay-ambiguous`
 */
export function pickOverlay(overlays: readonly Overlay[], given: string, position?: Position): Overlay {
  const wanted = given.replace(/^\.\//, '').replace(/\/+$/, '')
  const found = overlays.find(({ name, path }) => name === wanted || path === wanted)
  if (found !== undefined) return found
  const alike = overlays.filter(({ path }) => folderName(path) === wanted)
  if (alike.length > 1) {
    throw new RenderFault({
      code: 'overlay-ambiguous',
      message: `${given} names ${alike.length} overlays`,
      position,
      hint: `name one by its path: ${listSome(
        alike.map(({ path }) => path),
        MAX_LISTED,
      )}`,
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
        ? `the overlays here are ${listSome(names, MAX_LISTED)}`
        : 'no overlay was found here: check `overlays` in overlay-render.yaml'
  return new RenderFault({
    code: 'overlay-unknown',
    message: `there is no overlay ${given || "''"}`,
    position,
    hint,
  })
}
