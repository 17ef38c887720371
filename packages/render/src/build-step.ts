import {
  buildKustomize,
  type BuildTrace,
  combineFaults,
  type InputGraph,
  type Kustomize,
  traceBuild,
  walkInputs,
  type WantedFile,
} from '@overlay-render/kustomize'
import { type Finding, makeTemporaryFolder, SystemFault, type TemporaryFolder } from '@overlay-render/system'

import type { Overlay } from './overlays.ts'
import type { CallOptions } from './progress.ts'
import type { Stage } from './stage.ts'

export interface WalkStepOptions {
  readonly version: string
  /** Whether the workspace lets kustomizations name URLs and git remotes. */
  readonly network: boolean
  /** Writes stubs when the walk asks for the files of generators. With real secrets it writes nothing. */
  readonly supply?: ((wanted: WantedFile) => void) | undefined
}

/**
 * Finds every file that the overlay's build reads. With stub secrets network access is off, whatever the workspace says.
 *
 * @throws KustomizeFault for whatever is wrong with what its kustomizations name, missing files excepted
 */
export function walkOverlay(
  stage: Stage,
  overlay: Overlay,
  { version, network, supply }: WalkStepOptions,
): InputGraph {
  const isStub = supply !== undefined
  const graph = walkInputs(overlay.folder, {
    tree: stage.tree,
    version,
    allowNetwork: network && !isStub,
    supply,
  })
  if (graph.faults.length === 0) return graph
  throw combineFaults(
    graph.faults.map((fault) =>
      fault.code === 'network-refused' && network ? fault.with({ hint: STUB_NETWORK_HINT }) : fault,
    ),
  )
}

/** @throws KustomizeFault for the files that the kustomizations name and that are not there */
export function requireInputs({ missing }: InputGraph): void {
  if (missing.length > 0) throw combineFaults(missing.map(({ fault }) => fault))
}

const STUB_NETWORK_HINT =
  'kustomize.network works with real secrets only: keep a copy in the tree and name it, or render with real secrets'

/** The build to trace: one that already ran (its manifests), or one that is still to run. */
export interface TraceOf {
  readonly manifests?: Uint8Array | undefined
}

export interface BuildOptions extends CallOptions {
  readonly kustomize: Kustomize
  readonly schema: string | undefined
  readonly network: boolean
  /** What is run for helm; undefined for a build without charts. */
  readonly helm: HelmStep | undefined
  /** Secret values, to be redacted from what is shown. */
  readonly secrets: readonly string[]
  readonly shown: (path: string) => string
  /** How many builds run at a time. */
  readonly jobs: number
  /** Set to record what each step of the build did, which takes further builds. */
  readonly traced?: TraceOf | undefined
  /** Called when kustomize has started. */
  readonly onStarted?: (() => void) | undefined
}

/** The substitute for helm in a build. */
export interface HelmStep {
  /** Writes the program to an empty folder, and returns its path. @param staged maps a path of the user's tree to its place in the stage */
  readonly lay: (folder: string, staged: (path: string) => string) => string
  /** Called with that folder after the build, also after one that failed. */
  readonly done?: ((folder: string) => void) | undefined
}

/**
 * Builds an overlay: the inputs of the graph are copied to a private folder, and the pinned kustomize runs there.
 *
 * @throws KustomizeFault for a build that fails
 */
export async function buildOverlay(
  stage: Stage,
  graph: InputGraph,
  { kustomize, schema, network, helm, secrets, shown, jobs, traced, signal, onStarted }: BuildOptions,
): Promise<{ manifests: Uint8Array; warnings: readonly Finding[]; trace: BuildTrace | undefined }> {
  const folder = await layInMemory(stage, graph)
  const programs = helm === undefined ? undefined : await makeTemporaryFolder('helm')
  try {
    const options = {
      kustomize,
      schema,
      graph,
      root: stage.stagedPath(folder.path, graph.root),
      stage: folder.path,
      shown: (path: string) => shown(stage.userPath(folder.path, path)),
      secrets,
      network,
      helm: programs && helm?.lay(programs.path, (path) => stage.stagedPath(folder.path, path)),
      jobs,
      signal,
    }
    const { manifests, warnings } =
      traced?.manifests === undefined
        ? await buildKustomize({ ...options, view: stage.tree.view, onStarted })
        : { manifests: traced.manifests, warnings: [] }
    const trace =
      traced === undefined ? undefined : await traceBuild({ ...options, tree: stage.tree, manifests })
    return {
      manifests,
      trace,
      warnings: warnings.map((message) => ({ rule: 'kustomize-warning', severity: 'warning', message })),
    }
  } finally {
    if (programs !== undefined) helm?.done?.(programs.path)
    await programs?.dispose()
    await folder.dispose()
  }
}

/** Free memory in bytes that a stage in memory needs. With less, the stage goes to the temporary folder. */
const MIN_FREE_MEMORY = 32 * 1024 * 1024

/**
 * Writes the stage to a private folder. In memory when there is room: secrets then stay off the disk, and hundreds of small files
 * are written five times as fast.
 */
async function layInMemory(stage: Stage, graph: InputGraph): Promise<TemporaryFolder> {
  const folder = await makeTemporaryFolder('stage', { memory: MIN_FREE_MEMORY })
  try {
    return await lay(stage, graph, folder)
  } catch (error) {
    if (!(error instanceof SystemFault) || error.code !== 'disk-full') throw error
    return lay(stage, graph, await makeTemporaryFolder('stage'))
  }
}

async function lay(stage: Stage, graph: InputGraph, folder: TemporaryFolder): Promise<TemporaryFolder> {
  const roots = graph.roots.map(({ path }) => path)
  const links = graph.links.map(({ path }) => path)
  try {
    stage.materialize(folder.path, [...roots, ...links, ...graph.realFiles])
    return folder
  } catch (error) {
    await folder.dispose()
    throw error
  }
}
