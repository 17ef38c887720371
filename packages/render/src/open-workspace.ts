import { realpath } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'

import { parseNamedPin } from '@overlay-render/kustomize'
import {
  type GitRepository,
  LinkFollower,
  once,
  openRepository,
  Tree,
  type TreeView,
} from '@overlay-render/system'

import { findBoundary } from './boundary.ts'
import { cachedFolders } from './cache/cached-folders.ts'
import { remembered } from './cache/memo.ts'
import type { RecordStore } from './cache/record-store.ts'
import type { RenderCache } from './cache/render-cache.ts'
import { WorkspaceCache } from './cache/workspace-cache.ts'
import { findWorkspace } from './find-workspace.ts'
import { matchFolders } from './match-folders.ts'
import { overlaysIn } from './overlays.ts'
import { readOwnFile } from './own-file.ts'
import { findPinnedKustomize, type PinnedKustomize } from './pinned-kustomize.ts'
import type { PipelineContext } from './pipeline-context.ts'
import { openVisibleTree, type VisibleTree } from './visible-tree.ts'
import { SharedEngine } from './templates/shared-engine.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'
import { CONFIG_FILE, type WorkspaceConfig } from './workspace-config.ts'

/** Options for opening a workspace. */
export interface OpenOptions {
  /** A pin to render with instead of the workspace's own, such as `5.8.1` or `kubectl:1.34.2`. */
  readonly pin?: string | undefined
  /** The path of a binary of exactly the pinned version, used before any other. */
  readonly kustomize?: string | undefined
  /** Looks up the environment variables that template values name; the process's own when absent. */
  readonly environment?: ((name: string) => string | undefined) | undefined
  /** The cache for renders; without it nothing is kept. The caller calls its `finish`. */
  readonly cache?: RenderCache | undefined
  /** The files to read, such as those of a git revision; those of the disk when absent. */
  readonly view?: TreeView | undefined
  /** A text to use instead of the file `overlay-render.yaml`. With a `view` it may name overlays that are not there. */
  readonly configuration?: string | undefined
}

/**
 * Opens the workspace at `folder`: reads its configuration and finds its overlays.
 *
 * @throws RenderFault `workspace-not-found` or `workspace-config-invalid`
 */
export async function openWorkspace(folder: string, options: OpenOptions = {}): Promise<Workspace> {
  return openIn(folder, options, undefined)
}

type FindRepository = () => Promise<GitRepository | undefined>

/** @param opened the repository around the folder if it has been opened, since git starts twice for that */
async function openIn(
  folder: string,
  options: OpenOptions,
  opened: FindRepository | undefined,
): Promise<Workspace> {
  const configured = await configure(await placeOf(folder, options), options, opened)
  const { text, workspace, repository } = configured
  return makeWorkspace(await contextOf(configured, options), {
    configuration: text,
    // The files of a revision are of the same repository. Otherwise its settings may have changed.
    open: async ({ folder: place = workspace, ...changes }) =>
      openIn(place, { ...options, ...changes }, changes.view === undefined ? undefined : repository),
  })
}

/** A workspace whose configuration is read. */
interface Configured {
  readonly workspace: string
  /** The text of the configuration; undefined when there is none. */
  readonly text: string | undefined
  readonly config: WorkspaceConfig
  readonly visible: VisibleTree
  readonly repository: FindRepository
  readonly store: RecordStore | undefined
}

async function configure(
  workspace: string,
  { view, configuration, cache, pin }: OpenOptions,
  opened: FindRepository | undefined,
): Promise<Configured> {
  const boundary = findBoundary(workspace, undefined)
  const { workTree } = boundary
  const repository =
    opened ?? once(async () => (workTree === undefined ? undefined : openRepository(workTree)))
  const store = cache?.openFor(boundary.folders)
  const visible = openVisibleTree({
    workspace,
    boundary,
    view,
    repository,
    secretFiles: () => config.secretFiles,
  })
  const text = configuration ?? (await readOwnFile(CONFIG_FILE, { workspace, boundary, visible }))
  const kubevirtShaped = new LinkFollower(visible.whole).isFolder(join(workspace, '..', 'files'))
  const written = await readConfig(text, kubevirtShaped, { store, tool: cache?.tool ?? '' })
  const config = pin === undefined ? written : withPin(written, pin)
  return { workspace, text, config, visible, repository, store }
}

/** Finds the overlays, and what every step needs. */
async function contextOf(
  { workspace, config, visible, repository, store }: Configured,
  { view, configuration, cache: renders, environment, kustomize }: OpenOptions,
): Promise<PipelineContext> {
  // Outside of git, the folder of the base configs belongs to the workspace, too.
  const boundary = findBoundary(workspace, config.configs?.base)
  const cache = WorkspaceCache.open(renders, boundary, visible.whole)
  // The base of a change is opened with the work tree's configuration when it has no valid one.
  const isOwn = view === undefined || configuration === undefined
  const folders = await cachedFolders(
    { cache, workspace, config, boundary, view: visible.whole, isOwn },
    async (seen) =>
      matchFolders(new Tree(seen, { boundary: boundary.folders }), workspace, config.overlays, { isOwn }),
  )
  let pinned: Promise<PinnedKustomize> | undefined
  return {
    workspace,
    config,
    boundary,
    visible,
    shown: (file) => relative(workspace, file) || '.',
    cache,
    validBases: new Set(),
    templates: new SharedEngine(),
    overlays: overlaysIn(folders, workspace, config, { isOwn }),
    repository,
    environment: environment ?? ((name) => process.env[name]),
    pinned: (call) =>
      (pinned ??= findPinnedKustomize(
        { workspace, boundary, visible },
        config,
        { explicit: kustomize, store },
        call,
      )),
  }
}

/** The parsed configuration, from an earlier run with the same text if there was one. */
async function readConfig(
  text: string | undefined,
  kubevirtShaped: boolean,
  { store, tool }: { readonly store: RecordStore | undefined; readonly tool: string },
): Promise<WorkspaceConfig> {
  // An empty configuration differs from a missing one.
  const parts = ['configuration', tool, String(kubevirtShaped), ...(text === undefined ? [] : [text])]
  return remembered(store, parts, async () =>
    (await import('./read-workspace-config.ts')).readWorkspaceConfig(text, { kubevirtShaped }),
  )
}

function withPin(config: WorkspaceConfig, pin: string): WorkspaceConfig {
  return { ...config, kustomize: { ...config.kustomize, pin: parseNamedPin(pin) } }
}

/** With a view, the caller's folder is the workspace. With a given configuration, the folder needs none of its own. */
async function placeOf(folder: string, { view, configuration }: OpenOptions): Promise<string> {
  if (view !== undefined) return folder
  return configuration === undefined ? findWorkspace(folder) : realpath(resolve(folder))
}
