import { realpathSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'

import { isMap, member, type Resource } from '@overlay-render/golden'
import {
  type DeployedOverlay,
  type ProwCheck,
  type ProwCheckSource,
  readProwCheck,
  type Repository,
} from '@overlay-render/prow'
import { type GitRepository, openRepository } from '@overlay-render/system'

import type { CallOptions } from '../progress.ts'
import type { Rendered, RenderResult } from '../rendered.ts'
import type { OpenedWorkspace } from '../opened-workspace.ts'
import { listTrackedFiles } from '../tracked-files.ts'
import { clustersOf } from './clusters.ts'
import { knownContexts } from './known-contexts.ts'
import { readSource } from './job-files.ts'

/** What rules about Prow look at, and the files it was read from. */
export interface WorkspaceCheck {
  readonly source: ProwCheckSource
  readonly input: ProwCheck
}

/**
 * Everything that rules about Prow look at, as the workspace has it: its files, what its overlays render, and the
 * files that git tracks.
 */
export async function readWorkspaceCheck(
  workspace: OpenedWorkspace,
  options: CallOptions = {},
): Promise<WorkspaceCheck> {
  const results = await workspace.renderAll(
    workspace.overlays.map(({ name }) => name),
    { ...options, secrets: 'stub' },
  )
  const repository = await openRepository(workspace.folder, options.signal)
  const source: ProwCheckSource = {
    ...(await readProwFiles(workspace)),
    contexts: await knownContexts(workspace),
    clusters: clustersOf(workspace, results),
    overlays:
      repository === undefined
        ? []
        : results.flatMap((result) => deployed(result, repository.workTree, workspace)),
  }
  const input = readProwCheck(source)
  if (repository === undefined) return { source, input }
  const name = workspace.config.prow.repository ?? (await nameOfRemote(repository, input))
  return {
    source,
    input: { ...input, repository: name === undefined ? undefined : await trackedFiles(repository, name) },
  }
}

/** Prow's files in the tracked tree, the plugins' configuration included. */
export async function readProwFiles(workspace: OpenedWorkspace): Promise<ProwCheckSource> {
  const { folder, config } = workspace
  const { plugins: path } = config.prow
  const tree = await workspace.trackedTree()
  const plugins = path === undefined ? undefined : readSource(tree, resolve(folder, path), path)
  return { ...(await workspace.prowFiles()), plugins }
}

/** The repository of a remote that has jobs; of a fork, the one of that name under another owner. */
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

async function trackedFiles({ workTree }: GitRepository, name: string): Promise<Repository> {
  const listed = await listTrackedFiles(workTree)
  return {
    name,
    files: listed.map((path) => fromTop(workTree, path)),
    sizeOf: (path) => statSync(join(workTree, path), { throwIfNoEntry: false })?.size ?? 0,
  }
}

function deployed(result: RenderResult, workTree: string, workspace: OpenedWorkspace): DeployedOverlay[] {
  if (!('rendered' in result) || !('manifests' in result.rendered)) return []
  const { rendered } = result
  const configs = embeddedConfigs(rendered, workTree, workspace)
  const unused = new Set(
    configs.filter(({ inside }) => inside.length === 0).flatMap(({ sources }) => sources),
  )
  const inputs = rendered.inputs
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
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
  /** The ConfigMaps that hold the config; none when the overlay makes it and nothing deploys it. */
  readonly inside: readonly { readonly namespace: string; readonly name: string }[]
  readonly isPatched: boolean
  /** The real base file, from the top of the work tree. */
  readonly base: string
  /** Files that only matter when the config does. */
  readonly sources: readonly string[]
}

function embeddedConfigs(
  { configs, resources }: Rendered,
  workTree: string,
  { folder, config }: OpenedWorkspace,
): EmbeddedConfig[] {
  return configs.map(({ path, bytes, script }) => {
    const name = basename(path)
    const written = resolve(folder, config.configs?.base ?? '.', name)
    const base = fromTop(workTree, realpathSync(written))
    const text = Buffer.from(bytes).toString()
    const holds = ({ id, value }: Resource): boolean =>
      id.kind === 'ConfigMap' &&
      isMap(member(value, 'data')) &&
      Object.values(member(value, 'data') ?? {}).includes(text)
    return {
      inside: resources.filter(holds).map(({ id }) => ({ namespace: id.namespace, name: id.name })),
      isPatched: script !== undefined,
      base,
      sources: [base, fromTop(workTree, written)],
    }
  })
}
