import type { Tree } from '@overlay-render/system'

import type { InputGraph } from '../graph/input-graph.ts'
import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import type { Entry, Value } from '../graph/yaml-value.ts'
import type { BuildStep, TracedRoot } from './build-steps.ts'
import { markDocuments, markGenerator } from './mark-origins.ts'
import type { ResourceOrigin } from './origins.ts'
import { printFlow } from './print-flow.ts'
import { readReplacements } from './read-replacements.ts'
import { type Probe, probeEntry, probeKey, targetsOf } from './probes.ts'

export interface Instrumentation {
  /** The text of each instrumented file, by its real path. */
  readonly files: ReadonlyMap<string, string>
  readonly probes: readonly Probe[]
  readonly origins: readonly ResourceOrigin[]
}

interface Work {
  readonly graph: InputGraph
  readonly tree: Tree
  readonly files: Map<string, string>
  readonly probes: Probe[]
  readonly origins: ResourceOrigin[]
}

/**
 * Marks every resource with its origin, and adds probes around the patches of every root. Resources that no patch selects get no
 * probe, because even an empty patch makes kustomize update references to them. `images` are left out, because kustomize would
 * change the copies in probes, too: their effect is the difference from the real build.
 */
export function instrument(roots: readonly TracedRoot[], graph: InputGraph, tree: Tree): Instrumentation {
  const work: Work = { graph, tree, files: new Map(), probes: [], origins: [] }
  for (const root of roots) {
    work.files.set(root.kustomization, instrumentRoot(root, work))
    for (const file of graph.files) {
      if (file.role !== 'resource' || file.root !== root.path || work.files.has(file.real)) continue
      work.files.set(file.real, markDocuments(file, textOfFile(file.real, tree), work.origins))
    }
  }
  return work
}

function textOfFile(real: string, tree: Tree): string {
  return Buffer.from(tree.view.readFile(real)).toString('utf8')
}

/** Fields that the instrumented kustomization replaces. */
const REWRITTEN: ReadonlySet<string> = new Set([
  'patches',
  'patchesstrategicmerge',
  'patchesjson6902',
  'images',
  'imagetags',
  'replacements',
  'configmapgenerator',
  'secretgenerator',
])

function instrumentRoot(root: TracedRoot, work: Work): string {
  const of = (...fields: string[]): BuildStep[] => root.steps.filter(({ field }) => fields.includes(field))
  const early = of('patchesStrategicMerge', 'patches')
  const patches = early.flatMap((step) => [...around('before', step, work), patchEntry(step)])
  if (early.length > 0) patches.push(...afterAll(addProbe('patched', root.path, undefined, work), early))
  const late = of('patchesJson6902').flatMap((step) => [
    ...around('before', step, work),
    patchEntry(step),
    ...around('after', step, work),
  ])
  const generators = (field: string): string[] =>
    itemsOf(fieldOf(root.value, field)).map((entry) => markGenerator(entry, field, root, work.origins))
  const lists = {
    configMapGenerator: generators('configMapGenerator'),
    secretGenerator: generators('secretGenerator'),
    patches,
    patchesJson6902: late,
    replacements: of('replacements').flatMap((step) => replacementEntries(step, work)),
  }
  const kept = entriesOf(root.value).filter(({ key }) => !REWRITTEN.has(key.toLowerCase()))
  const lines = [
    ...kept.map(({ key, value }) => `${JSON.stringify(key)}: ${printFlow(value)}`),
    ...Object.entries(lists)
      .filter(([, entries]) => entries.length > 0)
      .map(([field, entries]) => `${field}: [${entries.join(', ')}]`),
  ]
  return `${lines.join('\n')}\n`
}

function addProbe(at: Probe['at'], root: string, step: BuildStep | undefined, { probes }: Work): Probe {
  const probe = { number: probes.length, root, at, step }
  probes.push(probe)
  return probe
}

/** The probe of a step on its selection: a patch changes only its own sections. */
function around(at: 'before' | 'after', step: BuildStep, work: Work): string[] {
  const probe = addProbe(at, step.root, step, work)
  const sections = touchedSections(step)
  return targetsOf(step).map((target) => probeEntry(probe, target, sections))
}

/** The probe after all patches, on everything that any of them selected. */
function afterAll(probe: Probe, steps: readonly BuildStep[]): string[] {
  const byTarget = new Map<string, Set<string>>()
  for (const step of steps) {
    for (const target of targetsOf(step)) {
      const sections = byTarget.get(target) ?? new Set()
      byTarget.set(target, sections)
      for (const section of touchedSections(step)) sections.add(section)
    }
  }
  return [...byTarget].map(([target, sections]) => probeEntry(probe, target, [...sections]))
}

/** Never copied, because they identify the resource. */
const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind'])

/** The sections that a patch changes. */
export function touchedSections({ patch }: BuildStep): string[] {
  const found = new Set(['metadata'])
  for (const value of patch?.values ?? []) {
    if (patch?.form === 'objects') for (const { key } of entriesOf(value)) found.add(key)
    else for (const field of ['path', 'from']) found.add(firstKey(textOf(fieldOf(value, field))))
  }
  return [...found].filter((key) => key !== '' && !key.startsWith('$') && !IDENTITY.has(key))
}

function firstKey(pointer: string): string {
  return pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''
}

function entriesOf(value: Value): readonly Entry[] {
  return value.kind === 'map' ? value.entries() : []
}

/** Converts a step of `patchesStrategicMerge` to `patches`, so that a probe can be added before it. */
function patchEntry({ field, value, patch }: BuildStep): string {
  if (field !== 'patchesStrategicMerge' || patch === undefined) return printFlow(value)
  // Before 5.2 an entry of `patches` may have only one object. Text that begins with a bracket would be read as JSON.
  if (patch.values.length > 1)
    return patch.values
      .map((object) => `{"patch": ${JSON.stringify(`# one of several\n${printFlow(object)}`)}}`)
      .join(', ')
  return patch.file === undefined
    ? `{"patch": ${JSON.stringify(patch.text)}}`
    : `{"path": ${printFlow(value)}}`
}

/** The replacements of an entry, including those of its file, each target with another one that marks its selection. */
function replacementEntries(step: BuildStep, work: Work): string[] {
  const { graph, tree } = work
  return readReplacements(step, graph, (real) => textOfFile(real, tree)).map(({ value }) =>
    withMarks(value, step, work),
  )
}

function withMarks(replacement: Value, step: BuildStep, work: Work): string {
  const targets = itemsOf(fieldOf(replacement, 'targets')).flatMap((target) => {
    const kept = entriesOf(target).filter(({ key }) => /^(?:select|reject)$/iu.test(key))
    const fields = kept.map(({ key, value }) => `${JSON.stringify(key)}: ${printFlow(value)}`)
    const place = JSON.stringify(probeKey(addProbe('selected', step.root, step, work), 'hit'))
    return [
      `{${[...fields, `"fieldPaths": [${place}]`, '"options": {"create": true}'].join(', ')}}`,
      printFlow(target),
    ]
  })
  const rest = entriesOf(replacement).filter(({ key }) => key.toLowerCase() !== 'targets')
  const fields = rest.map(({ key, value }) => `${JSON.stringify(key)}: ${printFlow(value)}`)
  return `{${[...fields, `"targets": [${targets.join(', ')}]`].join(', ')}}`
}
