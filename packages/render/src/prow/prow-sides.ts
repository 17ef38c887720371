import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

import type { ProwFiles, SourceFile } from '@overlay-render/prow'
import { openRepository, RevisionTree, Tree } from '@overlay-render/system'

import { findBoundary } from '../boundary.ts'
import {
  atRevision,
  type GitMemory,
  type PastOpener,
  rememberedCommit,
  resolveRevision,
  type Revision,
} from '../git-revision.ts'
import { RenderFault } from '../render-fault.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { unknownRevision } from '../unknown-revision.ts'
import { openVisibleTree } from '../visible-tree.ts'
import { readJobFiles, readSource } from './job-files.ts'

/**
 * Prow's files for a side of a comparison: a folder of jobs, `.` for the workspace's own files, an overlay (with its rendered
 * config), a git revision, or `REV:OVERLAY`. All but folders need a workspace.
 *
 * @throws RenderFault `comparison-unknown` or `revision-unknown`
 */
export async function readProwSide(
  workspace: OpenedWorkspace | undefined,
  side: string,
  past?: PastOpener,
): Promise<ProwFiles> {
  if (workspace !== undefined) {
    if (side === '.') return workspaceFiles(workspace)
    if (workspace.overlays.some(({ name, path }) => name === side || path === side)) {
      return overlayFiles(workspace, side)
    }
  }
  if (isFolder(resolve(side))) return jobFolder(workspace, resolve(side))
  if (workspace !== undefined) return revisionFiles(workspace, side, past)
  throw new RenderFault({
    code: 'comparison-unknown',
    message: `${side} is not a folder`,
    hint: 'name a folder of job files; overlays and revisions need a workspace',
  })
}

/** Prow's files in the tracked tree, since a pull request may have written them. */
export async function workspaceFiles(workspace: OpenedWorkspace): Promise<ProwFiles> {
  const tree = await workspace.trackedTree()
  const absent = workspace.config.prow.jobs.find((path) => !tree.isFolder(resolve(workspace.folder, path)))
  if (absent !== undefined) {
    throw new RenderFault({
      code: 'comparison-unknown',
      message: `the job folder ${absent} is not in the tracked tree`,
      hint: 'set prow.jobs in overlay-render.yaml to a folder that git tracks',
    })
  }
  return filesIn(tree, workspace)
}

/** Prow's files at the places of the workspace's settings, in any tree. A missing folder has no jobs. */
function filesIn(tree: Tree, { folder, config: { prow } }: OpenedWorkspace): ProwFiles {
  const { config: path, jobs } = prow
  return {
    config: path === undefined ? undefined : readSource(tree, resolve(folder, path), path),
    jobs: jobs.flatMap((name) => readJobFiles(tree, resolve(folder, name), name)),
    folder: onlyFolder(jobs),
  }
}

/** The jobs of the workspace with the config that the overlay's patch script makes. */
async function overlayFiles(workspace: OpenedWorkspace, name: string): Promise<ProwFiles> {
  const files = await workspaceFiles(workspace)
  return { ...files, config: (await renderedConfig(workspace, name)) ?? files.config }
}

/** Prow's config as the overlay's patch script makes it, with stub secrets, since a pull request may have written it. */
async function renderedConfig(workspace: OpenedWorkspace, name: string): Promise<SourceFile | undefined> {
  const { configs } = await workspace.renderConfigs(name, { secrets: 'stub' })
  const rendered = configs.find(({ path }) => basename(path) === 'config.yaml')
  return rendered === undefined ? undefined : { path: rendered.path, bytes: Buffer.from(rendered.bytes) }
}

/** `.prowignore` is relative to the job folder. With several folders it is relative to the root. */
function onlyFolder(folders: readonly string[]): string | undefined {
  return folders.length === 1 ? folders[0] : undefined
}

/** A folder of jobs. Prow's config is the `config.yaml` next to it, or inside it when the jobs are in its `jobs/`. */
async function jobFolder(workspace: OpenedWorkspace | undefined, folder: string): Promise<ProwFiles> {
  const jobs = isFolder(join(folder, 'jobs')) ? join(folder, 'jobs') : folder
  const shown = relative(process.cwd(), jobs) || '.'
  const config = join(dirname(jobs), 'config.yaml')
  const tree = await trackedTreeAround(workspace, realpathSync(dirname(jobs)))
  if (!tree.isFolder(jobs)) {
    throw new RenderFault({
      code: 'comparison-unknown',
      message: `the job folder ${shown} is ignored by git, or is a link that leads out of the tree`,
      hint: 'name a folder that git tracks, or one outside of a git work tree',
    })
  }
  return {
    config: readSource(tree, config, relative(process.cwd(), config)),
    jobs: readJobFiles(tree, jobs, shown),
    folder: shown,
  }
}

/** The files that may be read around a folder that the user named. @param folder an absolute real path */
async function trackedTreeAround(workspace: OpenedWorkspace | undefined, folder: string): Promise<Tree> {
  const own = await workspace?.trackedTree()
  if (own?.contains(folder) === true) return own
  const boundary = findBoundary(folder, undefined)
  const visible = openVisibleTree({
    workspace: folder,
    boundary,
    view: undefined,
    repository: async () => openRepository(folder),
    secretFiles: () => [],
  })
  return new Tree(await visible.tracked(), { boundary: boundary.folders })
}

async function revisionFiles(
  workspace: OpenedWorkspace,
  side: string,
  past: PastOpener | undefined,
): Promise<ProwFiles> {
  const colon = side.lastIndexOf(':')
  const [revision, overlay] = colon > 0 ? [side.slice(0, colon), side.slice(colon + 1)] : [side, undefined]
  const repository = await openRepository(workspace.folder)
  if (repository === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `${side} is neither an overlay nor a folder, and the workspace is not in a git repository`,
      hint: 'name an overlay or a folder of job files; revisions need git',
    })
  }
  const memory = past?.memory
  const commit = await rememberedCommit(repository, [revision], memory, async () => {
    const found = await resolveRevision(repository, revision)
    if (found !== undefined) return found
    throw unknownRevision(revision, repository, `${side} is neither an overlay, a folder nor a git revision`)
  })
  const then = await filesAt({ repository, commit }, workspace, memory)
  if (overlay === undefined || past === undefined) return then
  const rendered = await atRevision({ repository, commit }, workspace.folder, past, (at) =>
    renderedConfig(at, overlay),
  )
  return { ...then, config: rendered ?? then.config }
}

async function filesAt(
  { repository, commit }: Revision,
  workspace: OpenedWorkspace,
  memory: GitMemory | undefined,
): Promise<ProwFiles> {
  const near = resolve(workspace.folder, workspace.config.prow.jobs[0] ?? '.')
  const then = await RevisionTree.open(repository, commit, near, { memory: memory?.objects })
  try {
    const tree = new Tree(then.view, { boundary: [repository.workTree] })
    return await then.settle(async () => Promise.resolve(filesIn(tree, workspace)))
  } finally {
    then.dispose()
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
