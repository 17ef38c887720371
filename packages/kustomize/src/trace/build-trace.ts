import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { Fault, LayeredView, SystemFault, type Tree } from '@overlay-render/system'

import { buildKustomize, type BuildOptions } from '../build/build-kustomize.ts'
import { writeStaged } from '../build/write-staged.ts'
import type { InputGraph } from '../graph/input-graph.ts'
import { type BuildStep, listTracedRoots, type TracedRoot } from './build-steps.ts'
import { instrument, type Instrumentation, touchedSections } from './instrument.ts'
import type { ResourceOrigin } from './origins.ts'
import type { Probe } from './probes.ts'
import { type PrintedResource, readManifests, type Sections } from './read-manifests.ts'

/** The state of a resource at one point of the build. */
export interface ResourceState {
  readonly probe: Probe
  readonly sections: Sections
}

export interface TracedResource {
  /** The output of the real build. */
  readonly final: Sections
  /** The output of the instrumented build: like `final`, without `images` applied. */
  readonly sections: Sections
  /** Its origins; several when a generator merges into the resource of another one. */
  readonly origins: readonly ResourceOrigin[]
  /** In the order of the build. */
  readonly states: readonly ResourceState[]
  /** Probes of replacements that selected it. */
  readonly selectedBy: ReadonlySet<Probe>
}

export interface BuildTrace {
  /** In the order in which kustomize finishes them. */
  readonly roots: readonly TracedRoot[]
  readonly probes: readonly Probe[]
  /** In the order of the manifests. */
  readonly resources: readonly TracedResource[]
  /** Why the trace cannot be trusted: the instrumented build differs or fails. Undefined when it can. */
  readonly doubt: string | undefined
}

export interface TraceOptions extends Omit<BuildOptions, 'graph' | 'stage' | 'view'> {
  readonly graph: InputGraph
  /** The private stage of the graph. Its files are overwritten and not restored. */
  readonly stage: string
  /** The view to read the files of `graph` from. */
  readonly tree: Tree
  /** The output of the real build. */
  readonly manifests: Uint8Array
}

/**
 * Builds a stage again with probes, and returns the state of each resource before and after each patch. Without the probes,
 * the output must equal the real build's, section by section; otherwise `doubt` is set.
 *
 * @throws SystemFault `aborted`, or a fault of the machine such as `disk-full`
 */
export async function traceBuild(options: TraceOptions): Promise<BuildTrace> {
  const { graph, tree, kustomize, manifests } = options
  const roots = listTracedRoots(graph, tree, kustomize.version)
  const instrumentation = instrument(roots, graph, tree)
  const real = readManifests(Buffer.from(manifests).toString('utf8'))
  const { probes } = instrumentation
  const view = writeInstrumented(instrumentation, options)
  let printed: PrintedResource[]
  try {
    const built = await buildKustomize({ ...options, view })
    printed = readManifests(Buffer.from(built.manifests).toString('utf8'))
  } catch (error) {
    if (options.signal?.aborted === true || isOfMachine(error)) throw error
    return { roots, probes, resources: [], doubt: 'kustomize does not build this overlay with probes' }
  }
  const doubt = differenceOf(real, printed, usesImages(roots))
  const resources = printed.map((resource, index) => ({
    final: real[index]?.sections ?? resource.sections,
    sections: resource.sections,
    origins: resource.origins.flatMap((number) => instrumentation.origins[number] ?? []),
    states: statesOf(resource, probes),
    selectedBy: new Set(probes.filter(({ number, at }) => at === 'selected' && resource.copies.has(number))),
  }))
  return { roots, probes, resources, doubt }
}

/** Whether the machine failed and not the build: a full disk says nothing about an overlay. */
function isOfMachine(error: unknown): boolean {
  return error instanceof SystemFault || !(error instanceof Fault)
}

/** Writes the instrumented files to the stage, and returns a view with the user's files. */
function writeInstrumented(
  { files }: Instrumentation,
  { root: staged, graph, tree }: TraceOptions,
): LayeredView {
  const view = new LayeredView(tree.view)
  for (const [real, text] of files) {
    const bytes = Buffer.from(text)
    view.addFile(real, bytes)
    writeStaged(() => writeFileSync(join(staged, relative(graph.root, real)), bytes))
  }
  return view
}

function statesOf({ copies }: PrintedResource, probes: readonly Probe[]): ResourceState[] {
  return probes.flatMap((probe) => {
    const sections = copies.get(probe.number)
    if (sections === undefined || probe.at === 'selected') return []
    // Before 5.0, merging a patch later removes nulls.
    const absent =
      probe.step === undefined ? [] : touchedSections(probe.step).filter((key) => !sections.has(key))
    return [{ probe, sections: new Map([...sections, ...absent.map((key) => [key, ''] as const)]) }]
  })
}

function usesImages(roots: readonly TracedRoot[]): boolean {
  return roots.some(({ steps }) => steps.some(({ field }) => field === 'images'))
}

function differenceOf(
  real: readonly PrintedResource[],
  printed: readonly PrintedResource[],
  hasImages: boolean,
): string | undefined {
  if (real.length !== printed.length) return 'with probes kustomize builds other resources'
  for (const [index, { sections }] of real.entries()) {
    const other = printed[index]?.sections ?? new Map<string, string>()
    const keys = new Set([...sections.keys(), ...other.keys()])
    for (const key of keys) {
      if (!isSame(sections.get(key) ?? '', other.get(key) ?? '', hasImages && key !== 'data'))
        return `with probes kustomize builds another ${key}`
    }
  }
  return undefined
}

const IMAGE = /^(\s*(?:- )?image:) .*$/gmu

function isSame(a: string, b: string, hasImages: boolean): boolean {
  if (a === b) return true
  return hasImages && a.replace(IMAGE, '$1') === b.replace(IMAGE, '$1')
}

/** The effect of a patch on one resource. */
export interface StepEffect {
  readonly resource: TracedResource
  /** The sections of the patch before it runs. */
  readonly before: Sections
  /** The same sections after it; unknown ones are absent. */
  readonly after: Sections
}

/** The effects of a patch on each resource that it selects; for a patch without a target, on each object that it may match. */
export function effectsOf({ resources }: BuildTrace, step: BuildStep): StepEffect[] {
  const sections = touchedSections(step)
  return resources.flatMap((resource) => {
    const index = resource.states.findIndex(({ probe }) => probe.step === step && probe.at === 'before')
    const state = resource.states[index]
    if (state === undefined) return []
    const later = resource.states.slice(index + 1)
    const after = new Map<string, string>()
    for (const section of sections) {
      const next = later.find(({ sections: copied }) => copied.has(section))
      if (next !== undefined) after.set(section, next.sections.get(section) ?? '')
    }
    return [{ resource, before: state.sections, after }]
  })
}
