import { join } from 'node:path'

import type { Position, Tree } from '@overlay-render/system'

import type { InputGraph } from '../graph/input-graph.ts'
import { isLegacyPatches } from '../graph/kustomization-fields.ts'
import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readFirstDocument, type Value } from '../graph/yaml-value.ts'
import { type PatchSource, readPatches } from './read-patches.ts'

/**
 * The fields of a kustomization that change resources, in the order in which kustomize runs them (`kusttarget.go`),
 * regardless of their order in the file.
 */
export const STEP_FIELDS = [
  'patchesStrategicMerge',
  'patches',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'commonLabels',
  'labels',
  'commonAnnotations',
  'patchesJson6902',
  'replicas',
  'images',
  'replacements',
  'transformers',
] as const

export type StepField = (typeof STEP_FIELDS)[number]

/** One entry of such a field, which kustomize applies to the resources so far. */
export interface BuildStep {
  /** The real path of the root whose kustomization lists it. */
  readonly root: string
  readonly field: StepField
  /** The index among the entries of its field. */
  readonly index: number
  /** The position of the entry. */
  readonly position: Position
  /** The entry as kustomize reads it. */
  readonly value: Value
  /** The patch, if the entry is one. */
  readonly patch: PatchSource | undefined
  readonly target: Value | undefined
}

/** A root of a traced build. */
export interface TracedRoot {
  readonly path: string
  readonly kind: 'Kustomization' | 'Component'
  /** The real path of its kustomization. */
  readonly kustomization: string
  /** The kustomization in messages. */
  readonly shown: string
  readonly value: Value
  readonly locate: (offset: number) => Position
  /** In the order in which they run. */
  readonly steps: readonly BuildStep[]
  /** The real paths of the roots that it lists, in order. */
  readonly lists: readonly string[]
  /** Whether it is listed more than once, so that it runs several times. */
  readonly repeated: boolean
}

/**
 * The roots of a build in the order in which kustomize finishes them: a root comes after the roots that it lists, and
 * components come after resources.
 */
export function listTracedRoots(graph: InputGraph, tree: Tree, version: string): TracedRoot[] {
  const order: string[] = []
  const mentions = new Map<string, number>()
  const pending: { readonly path: string; readonly isDone: boolean }[] = [{ path: graph.root, isDone: false }]
  const read = new Map<string, Omit<TracedRoot, 'repeated'>>()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.isDone) {
      order.push(next.path)
      continue
    }
    mentions.set(next.path, (mentions.get(next.path) ?? 0) + 1)
    if (read.has(next.path)) continue
    const root = readRoot(next.path, graph, tree, version)
    if (root === undefined) continue
    read.set(next.path, root)
    const below = root.lists.map((path) => ({ path, isDone: false }))
    pending.push({ path: next.path, isDone: true }, ...below.toReversed())
  }
  return order.flatMap((path) => {
    const root = read.get(path)
    return root === undefined ? [] : [{ ...root, repeated: (mentions.get(path) ?? 0) > 1 }]
  })
}

function listedRoots(path: string, value: Value, graph: InputGraph, tree: Tree): string[] {
  const roots = new Set(graph.roots.map((root) => root.path))
  return ['resources', 'bases', 'components']
    .flatMap((field) => itemsOf(fieldOf(value, field)))
    .map((entry) => tree.follow(join(path, textOf(entry))).real)
    .filter((real) => roots.has(real))
}

function readRoot(
  path: string,
  graph: InputGraph,
  tree: Tree,
  version: string,
): Omit<TracedRoot, 'repeated'> | undefined {
  const root = graph.roots.find((candidate) => candidate.path === path)
  const file = graph.files.find(({ role, root: at }) => role === 'kustomization' && at === path)
  if (root === undefined || file === undefined) return undefined
  const text = Buffer.from(tree.view.readFile(root.kustomization)).toString('utf8')
  const { value } = readFirstDocument(text)
  const locate = makeLocator(file.shown, text)
  const source = { path, graph, tree, text, locate, version }
  const steps = STEP_FIELDS.flatMap((field) => stepsOf(field, value, source))
  const { kind, kustomization } = root
  const lists = listedRoots(path, value, graph, tree)
  return { path, kind, kustomization, shown: file.shown, value, locate, steps, lists }
}

interface RootSource {
  readonly path: string
  readonly graph: InputGraph
  readonly tree: Tree
  readonly text: string
  readonly locate: (offset: number) => Position
  readonly version: string
}

function stepsOf(field: StepField, kustomization: Value, source: RootSource): BuildStep[] {
  const { path: root, locate } = source
  const step = (value: Value, index: number, rest: Partial<BuildStep> = {}): BuildStep => ({
    root,
    field,
    index,
    position: locate(value.at),
    value,
    patch: undefined,
    target: undefined,
    ...rest,
  })
  const entries = entriesOf(field, kustomization, source.version)
  if (!PATCH_FIELDS.has(field)) return entries.map((value, index) => step(value, index))
  let index = 0
  return entries.flatMap((value) => {
    const target = fieldOf(value, 'target')
    return readPatches(value, source).map((patch) => step(value, index++, { patch, target }))
  })
}

const PATCH_FIELDS: ReadonlySet<StepField> = new Set(['patchesStrategicMerge', 'patches', 'patchesJson6902'])

/** The entries of a field; a field that is not a list is one entry. */
function entriesOf(field: StepField, kustomization: Value, version: string): readonly Value[] {
  const patches = itemsOf(fieldOf(kustomization, 'patches'))
  const isLegacy = isLegacyPatches(patches, version)
  if (field === 'patches') return isLegacy ? [] : patches
  if (field === 'patchesStrategicMerge' && isLegacy)
    return [...itemsOf(fieldOf(kustomization, field)), ...patches]
  if (field === 'images')
    return [...itemsOf(fieldOf(kustomization, field)), ...itemsOf(fieldOf(kustomization, 'imageTags'))]
  const value = fieldOf(kustomization, field)
  if (value === undefined || value.kind === 'null') return []
  return value.kind === 'list' ? value.items() : [value]
}
