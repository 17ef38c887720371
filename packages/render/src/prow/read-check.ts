import { statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

import {
  type Cluster,
  type DeployedOverlay,
  type ProwCheck,
  type ProwCheckSource,
  readProwCheck,
  type Repository,
  type SourceFile,
} from '@overlay-render/prow'
import { type GitRepository, openRepository, type Tree, type TreeView } from '@overlay-render/system'

import { listEntries } from '../check/list-files.ts'
import { type OverlaySources, readOverlaySources } from '../check/overlay-sources.ts'
import { nameOfConfig } from '../config-step.ts'
import { followLinkText } from '../link-text.ts'
import type { PipelineContext } from '../pipeline-context.ts'
import type { CallOptions } from '../progress.ts'
import type { Rendered, RenderResult } from '../rendered.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { RenderFault } from '../render-fault.ts'
import { listTrackedFiles } from '../tracked-files.ts'
import { clustersOf } from './clusters.ts'
import { configMapsWith } from './config-maps-with.ts'
import type { DeployedConfigs } from './checkconfig.ts'
import { knownContexts } from './known-contexts.ts'
import { readSource } from './job-files.ts'

/** The input of the rules about Prow, and the files it was read from. */
export interface WorkspaceCheck {
  readonly source: ProwCheckSource
  readonly input: ProwCheck
  /** The configs of each overlay that deploys Prow's config. */
  readonly deployed: readonly DeployedConfigs[]
}

/** Reads the input of the rules about Prow: the workspace's files, the renders of its overlays, and the files that git tracks. */
export async function readWorkspaceCheck(
  workspace: OpenedWorkspace,
  context: PipelineContext,
  options: CallOptions = {},
): Promise<WorkspaceCheck> {
  const results = await workspace.renderAll(
    workspace.overlays.map(({ name }) => name),
    { ...options, secrets: 'stub' },
  )
  const sources = await readAllSources(context, options)
  const tree = await workspace.trackedTree()
  const repository = await openRepository(workspace.folder, options.signal)
  const source: ProwCheckSource = {
    ...(await readProwFiles(workspace)),
    contexts: await knownContexts(workspace),
    clusters: clustersOf(workspace, results, sources).filter((cluster) => isBuildCluster(cluster, workspace)),
    overlays:
      repository === undefined
        ? []
        : results.flatMap((result) => deployedOverlay(result, repository.workTree, { workspace, tree })),
  }
  const input = readProwCheck(source)
  const deployed = deployedConfigs(results)
  if (repository === undefined) return { source, input, deployed }
  const name = workspace.config.prow.repository ?? (await nameOfRemote(repository, input))
  return {
    source,
    deployed,
    input: {
      ...input,
      repository: name === undefined ? undefined : await trackedFiles(name, repository, tree.view),
    },
  }
}

async function readAllSources(
  context: PipelineContext,
  { signal }: CallOptions,
): Promise<Map<string, OverlaySources>> {
  const found = new Map<string, OverlaySources>()
  for (const overlay of context.overlays)
    found.set(overlay.name, await readOverlaySources(context, overlay, signal))
  return found
}

/**
 * Whether an overlay is what a context has. `default` is the cluster that Prow itself runs in, but a folder of that name is often
 * the default variant of some tool, so it counts only if the settings say so.
 */
function isBuildCluster({ context, overlay }: Cluster, { config }: OpenedWorkspace): boolean {
  return context !== 'default' || (overlay !== undefined && config.prow.overlays.has(overlay))
}

/**
 * Prow's files in the tracked tree, including the configuration of the plugins.
 *
 * @throws RenderFault `prow-missing` when no setting names them, or a setting names a missing file
 */
export async function readProwFiles(workspace: OpenedWorkspace): Promise<ProwCheckSource> {
  const { folder, config } = workspace
  const { plugins: path, jobs } = config.prow
  if (path === undefined && config.prow.config === undefined && jobs.length === 0) {
    throw new RenderFault({
      code: 'prow-missing',
      message: 'the workspace does not say where the jobs and configs of Prow are',
      hint: 'set prow.jobs, prow.config and prow.plugins in overlay-render.yaml',
    })
  }
  const tree = await workspace.trackedTree()
  const plugins = path === undefined ? undefined : readSource(tree, resolve(folder, path), path)
  const files = await workspace.prowFiles()
  requireNamed(config, 'config', files.config)
  requireNamed(config, 'plugins', plugins)
  return { ...files, plugins }
}

/** A default file next to the base configs may be missing; a file that a setting names may not. */
function requireNamed(
  { prow, configs }: OpenedWorkspace['config'],
  key: 'config' | 'plugins',
  file: SourceFile | undefined,
): void {
  const path = prow[key]
  if (file !== undefined || path === undefined || path === `${configs?.base ?? ''}/${key}.yaml`) return
  throw new RenderFault({
    code: 'prow-missing',
    message: `prow.${key} names ${path}, which is not in the tracked tree`,
    hint: `correct prow.${key} in overlay-render.yaml, or track the file with git`,
  })
}

/** The repository of a git remote that has jobs. For a fork, the repository of the same name under another owner. */
async function nameOfRemote(repository: GitRepository, { prow }: ProwCheck): Promise<string | undefined> {
  const { stdout } = await repository.run('config', ['--get-regexp', '^remote\\..*\\.url$'])
  const named = [
    ...Buffer.from(stdout)
      .toString()
      .matchAll(/[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/gmu),
  ].map(([, name = '']) => name)
  const withJobs = [...new Set(prow.jobs.map(({ repo }) => repo ?? ''))]
  const short = (name: string): string => name.slice(name.indexOf('/') + 1)
  return (
    named.find((name) => withJobs.includes(name)) ??
    withJobs.find((name) => name !== '' && named.some((remote) => short(remote) === short(name)))
  )
}

/** The files of the work tree that git tracks; all those of a revision. */
async function trackedFiles(name: string, { workTree }: GitRepository, view: TreeView): Promise<Repository> {
  const listed = view.commit === undefined ? await listTrackedFiles(workTree) : listEntries(view, workTree)
  return {
    name,
    files: listed.map((path) => fromTop(workTree, path)),
    sizeOf: (path) => sizeIn(view, join(workTree, path)),
  }
}

function sizeIn(view: TreeView, path: string): number {
  if (view.commit === undefined) return statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return view.kindOf(path) === 'file' ? view.readFile(path).byteLength : 0
}

interface Place {
  readonly workspace: OpenedWorkspace
  readonly tree: Tree
}

function deployedOverlay(result: RenderResult, workTree: string, place: Place): DeployedOverlay[] {
  if (!('rendered' in result) || !('manifests' in result.rendered)) return []
  const { rendered } = result
  const configs = embeddedConfigs(rendered, workTree, place)
  const unused = new Set(
    configs.filter(({ inside }) => inside.length === 0).flatMap(({ sources }) => sources),
  )
  const inputs = rendered.inputs
    .filter((path) => place.tree.open(path).outcome === 'file')
    .map((path) => fromTop(workTree, path))
    .filter((path) => !path.startsWith('..') && !unused.has(path))
  const patchedConfigMaps = configs
    .filter(({ isPatched }) => isPatched)
    .flatMap(({ inside, base }) => inside.map((each) => ({ ...each, base })))
  return [{ name: result.overlay, inputs, patchedConfigMaps }]
}

function fromTop(workTree: string, path: string): string {
  return relative(workTree, path).replaceAll('\\', '/')
}

interface EmbeddedConfig {
  /** The ConfigMaps that embed the config; empty when the overlay makes the config but does not deploy it. */
  readonly inside: readonly { readonly namespace: string; readonly name: string }[]
  readonly isPatched: boolean
  /** The real path of the base file, relative to the top of the work tree. */
  readonly base: string
  /** Files that matter only if the config is deployed. */
  readonly sources: readonly string[]
}

function embeddedConfigs(
  rendered: Rendered,
  workTree: string,
  { workspace: { folder, config }, tree }: Place,
): EmbeddedConfig[] {
  return rendered.configs.map(({ path, bytes, script }) => {
    const written = resolve(folder, config.configs?.base ?? '.', nameOfConfig(path, config.configs))
    const opened = tree.open(written)
    const real = opened.outcome === 'file' ? (followLinkText(tree, opened) ?? opened).real : opened.real
    const base = fromTop(workTree, real)
    return {
      inside: configMapsWith(bytes, rendered),
      isPatched: script !== undefined,
      base,
      sources: [base, fromTop(workTree, written)],
    }
  })
}

/** The rendered configs of the overlays that deploy Prow's config in a ConfigMap. */
function deployedConfigs(results: readonly RenderResult[]): DeployedConfigs[] {
  return results.flatMap((result): DeployedConfigs[] => {
    if (!('rendered' in result) || !('manifests' in result.rendered)) return []
    const { overlay, rendered } = result
    const named = (name: string): SourceFile | undefined => {
      const found = rendered.configs.find(
        ({ path, bytes }) => basename(path) === name && configMapsWith(bytes, rendered).length > 0,
      )
      return found && { path: `rendered/${overlay}/configs/${found.path}`, bytes: Buffer.from(found.bytes) }
    }
    const config = named('config.yaml')
    return config === undefined ? [] : [{ overlay, config, plugins: named('plugins.yaml') }]
  })
}
