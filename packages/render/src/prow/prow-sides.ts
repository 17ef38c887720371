import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

import type { ProwFiles, SourceFile } from '@overlay-render/prow'
import { diskView, openRepository, Tree } from '@overlay-render/system'

import { findBoundary } from '../boundary.ts'
import { atRevision, type OpenAt, resolveRevision } from '../git-revision.ts'
import { RenderFault } from '../render-fault.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { readFolder, readSource } from './folder-files.ts'
import { RevisionFiles } from './revision-files.ts'

/**
 * Prow's files as a side of a comparison names them: a folder of jobs, `.` for the workspace's own files, an overlay
 * (whose rendered config counts), a git revision, or `REV:OVERLAY`. A workspace is needed for all but folders.
 *
 * @throws RenderFault `comparison-unknown` or `revision-unknown`
 */
export async function readProwSide(
  workspace: OpenedWorkspace | undefined,
  side: string,
  openAt?: OpenAt,
): Promise<ProwFiles> {
  if (workspace !== undefined) {
    if (side === '.') return workspaceFiles(workspace)
    if (workspace.overlays.some(({ name, path }) => name === side || path === side)) {
      return overlayFiles(workspace, side)
    }
  }
  if (isFolder(resolve(side))) return jobFolder(resolve(side))
  if (workspace !== undefined) return revisionFiles(workspace, side, openAt)
  throw new RenderFault({
    code: 'comparison-unknown',
    message: `${side} is no folder`,
    hint: 'name a folder of job files; overlays and revisions need a workspace',
  })
}

/** Prow's files as they are in the tracked tree: they may be a stranger's. */
export async function workspaceFiles(workspace: OpenedWorkspace): Promise<ProwFiles> {
  const { folder, config } = workspace
  const tree = await workspace.trackedTree()
  const { config: path } = config.prow
  return {
    config: path === undefined ? undefined : readSource(tree, resolve(folder, path), path),
    jobs: config.prow.jobs.flatMap((jobs) => jobsAt(tree, folder, jobs)),
    folder: onlyFolder(config.prow.jobs),
  }
}

/** The jobs of the workspace under the config that the overlay's patch script makes. */
async function overlayFiles(workspace: OpenedWorkspace, name: string): Promise<ProwFiles> {
  const files = await workspaceFiles(workspace)
  return { ...files, config: (await renderedConfig(workspace, name)) ?? files.config }
}

/** Prow's config as the overlay's patch script makes it, with stub secrets: it may be a stranger's. */
async function renderedConfig(workspace: OpenedWorkspace, name: string): Promise<SourceFile | undefined> {
  const { configs } = await workspace.renderConfigs(name, { secrets: 'stub' })
  const rendered = configs.find(({ path }) => basename(path) === 'config.yaml')
  return rendered === undefined ? undefined : { path: rendered.path, bytes: Buffer.from(rendered.bytes) }
}

function jobsAt(tree: Tree, folder: string, path: string): SourceFile[] {
  const full = resolve(folder, path)
  if (!tree.isFolder(full)) {
    throw new RenderFault({
      code: 'comparison-unknown',
      message: `the job folder ${path} is not there`,
      hint: 'set prow.jobs in overlay-render.yaml',
    })
  }
  return readFolder(tree, full, path)
}

/** `.prowignore` counts from the job folder; with several folders each is read from the root. */
function onlyFolder(folders: readonly string[]): string | undefined {
  return folders.length === 1 ? folders[0] : undefined
}

/** A folder of jobs; Prow's config is a `config.yaml` beside it or in it, where the jobs then are in `jobs/`. */
function jobFolder(folder: string): ProwFiles {
  const hasJobs = isFolder(join(folder, 'jobs'))
  const jobs = hasJobs ? join(folder, 'jobs') : folder
  const shown = relative(process.cwd(), jobs) || '.'
  const config = join(dirname(jobs), 'config.yaml')
  const { folders } = findBoundary(realpathSync(dirname(jobs)), undefined)
  const tree = new Tree(diskView, { boundary: folders })
  return {
    config: readSource(tree, config, relative(process.cwd(), config)),
    jobs: readFolder(tree, jobs, shown),
    folder: shown,
  }
}

async function revisionFiles(
  workspace: OpenedWorkspace,
  side: string,
  openAt: OpenAt | undefined,
): Promise<ProwFiles> {
  const colon = side.lastIndexOf(':')
  const [revision, overlay] = colon > 0 ? [side.slice(0, colon), side.slice(colon + 1)] : [side, undefined]
  const repository = await openRepository(workspace.folder)
  const commit = repository === undefined ? undefined : await resolveRevision(repository, revision)
  if (repository === undefined || commit === undefined) {
    throw new RenderFault({
      code: 'revision-unknown',
      message: `${side} is neither an overlay, a folder nor a git revision`,
      hint: 'check the name, or fetch it: a shallow clone has not got every commit',
    })
  }
  const files = new RevisionFiles(repository, commit)
  const { prow } = workspace.config
  const fromTop = (path: string): string =>
    relative(repository.workTree, resolve(workspace.folder, path)).replaceAll('\\', '/')
  const jobs = await Promise.all(prow.jobs.map((path) => files.folder(fromTop(path))))
  const config = prow.config === undefined ? undefined : await files.file(fromTop(prow.config))
  const then = { config, jobs: jobs.flat(), folder: onlyFolder(prow.jobs.map(fromTop)) }
  if (overlay === undefined || openAt === undefined) return then
  const rendered = await atRevision({ repository, commit }, workspace.folder, openAt, (at) =>
    renderedConfig(at, overlay),
  )
  return { ...then, config: rendered ?? then.config }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
