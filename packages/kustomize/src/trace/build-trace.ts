import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

import { LayeredView, type Tree } from '@overlay-render/system'

import { buildKustomize, type BuildOptions } from '../build/build-kustomize.ts'
import type { InputGraph } from '../graph/input-graph.ts'
import { type BuildStep, listTracedRoots, type TracedRoot } from './build-steps.ts'
import { instrument, type Instrumentation, touchedSections } from './instrument.ts'
import type { ResourceOrigin } from './origins.ts'
import type { Probe } from './probes.ts'
import { type PrintedResource, readManifests, type Sections } from './read-manifests.ts'

/** A resource at one place of the build. */
export interface ResourceState {
  readonly probe: Probe
  readonly sections: Sections
}

export interface TracedResource {
  /** As the real build printed it. */
  readonly final: Sections
  /** As the instrumented build printed it: as `final`, but with `images` as they were. */
  readonly sections: Sections
  /** Where it begins; of more than one where a generator merges into what another one made. */
  readonly origins: readonly ResourceOrigin[]
  /** In the order in which the build passes them. */
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
  /** Why nothing may be said of this build: the instrumented build did something else, or could not be made. Undefined when it may. */
  readonly doubt: string | undefined
}

export interface TraceOptions extends Omit<BuildOptions, 'graph' | 'stage' | 'view'> {
  readonly graph: InputGraph
  /** The private folder that the graph was laid in. Its files are written over, and not put back. */
  readonly stage: string
  /** Where the files of `graph` are read. */
  readonly tree: Tree
  /** What the real build printed. */
  readonly manifests: Uint8Array
}

/**
 * Builds a stage once more, with probes, and tells what each resource was before and after each patch. What the probes left
 * must be the real build's output, section by section; where it is not, `doubt` says so.
 *
 * @throws SystemFault `aborted`
 */
export async function traceBuild(options: TraceOptions): Promise<BuildTrace> {
  const { graph, tree, kustomize, manifests } = options
  const roots = listTracedRoots(graph, tree, kustomize.version)
  const instrumentation = instrument(roots, graph, tree)
  const real = readManifests(Buffer.from(manifests).toString('utf8'))
  const { probes } = instrumentation
  const view = layInstrumented(instrumentation, options)
  let printed: PrintedResource[]
  try {
    const built = await buildKustomize({ ...options, view })
    printed = readManifests(Buffer.from(built.manifests).toString('utf8'))
  } catch (error) {
    if (options.signal?.aborted === true) throw error
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

/** Writes the instrumented files into the stage, and returns a view in which they are the user's. */
function layInstrumented(
  { files }: Instrumentation,
  { root: staged, graph, tree }: TraceOptions,
): LayeredView {
  const view = new LayeredView(tree.view)
  for (const [real, text] of files) {
    const bytes = Buffer.from(text)
    view.addFile(real, bytes)
    writeFileSync(join(staged, relative(graph.root, real)), bytes)
  }
  return view
}

function statesOf({ copies }: PrintedResource, probes: readonly Probe[]): ResourceState[] {
  return probes.flatMap((probe) => {
    const sections = copies.get(probe.number)
    if (sections === undefined || probe.at === 'selected') return []
    // Before 5.0 a patch that is merged later takes out what is null.
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

/** What a patch did to one resource. */
export interface StepEffect {
  readonly resource: TracedResource
  /** The sections that the patch names, as they were when it runs. */
  readonly before: Sections
  /** The same as the patch left them; a section that nothing tells of is not there. */
  readonly after: Sections
}

/** What each resource that a patch selected was before and after it. Of a patch without a target, every object that it may mean. */
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
